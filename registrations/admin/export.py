"""What a list of registrations looks like in a spreadsheet. Times are on the host's clock, with its distance from UTC."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.clock import with_offset
from desk.export import SafeResource
from hubs.counting import Attendance, Meeting, Part, taken
from hubs.delivered import total
from texts.languages import language_name

from ..models import Registration

COLUMNS: dict[str, Callable[[Any], object]] = {  # of a registration with its `position`
    "code": lambda r: r.code,
    "state": lambda r: r.get_state_display(),
    "position": lambda r: r.position if r.is_waiting else "",
    "beyond_places": lambda r: _("yes") if r.over_places else "",
    "name": lambda r: r.seen.name,
    "email": lambda r: r.seen.email,
    "organization": lambda r: r.seen.organization_name,
    "member": lambda r: _("yes") if r.seen.organization and r.seen.organization.is_member() else "",
    "membership_confirmed": lambda r: _("yes") if r.seen.organization and r.member_confirmed else "",
    "country": lambda r: r.seen.country.name,
    "region": lambda r: r.seen.organization.get_region_display() if r.seen.organization else "",
    "post": lambda r: r.seen.post,
    "profile": lambda r: r.seen.get_profile_display(),
    "language": lambda r: capfirst(language_name(r.seen.language)) if r.seen.language else "",
    "activity": lambda r: r.session.activity.title,
    "session": lambda r: r.session.label or "",
    "host": lambda r: r.session.activity.host_name,
    "time_zone": lambda r: r.session.timezone,
    "starts": lambda r: with_offset(r.session.starts_at, r.session.zone),
    "registered": lambda r: with_offset(r.registered_at, r.session.zone),
    "held_until": lambda r: with_offset(r.hold_until, r.session.zone) if r.is_held else "",
    "confirmed": lambda r: with_offset(r.confirmed_at, r.session.zone),
    "cancelled": lambda r: with_offset(r.cancelled_at, r.session.zone),
    "note": lambda r: r.note,
    # Empty where attendance was not taken: nobody knows, and that is not 0.
    "meetings_taken": lambda r: counted(r).get("taken", ""),
    "present": lambda r: counted(r).get("present", ""),
    "excused": lambda r: counted(r).get("excused", ""),
    "minutes": lambda r: counted(r).get("minutes", ""),
}


def with_attendance(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Each with what is known of its attendance at the meetings whose list was closed. Read it with `counted`."""
    of_this = Attendance._default_manager.filter(
        registration=OuterRef("pk"), counts=True, **taken("meeting__")
    )
    meetings = Meeting._default_manager.filter(session=OuterRef("session"), **taken())
    return registrations.annotate(
        counted_attendance=total(
            Part(
                of_this,
                "registration",
                {
                    "present": Count("pk", filter=Q(state="present")),
                    "excused": Count("pk", filter=Q(state="excused")),
                    "minutes": Sum("minutes", filter=Q(state="present")),
                },
            )
        ),
        counted_meetings=total(Part(meetings, "session", {"taken": Count("pk")})),
    )


def counted(registration: Any) -> dict[str, object]:
    if not registration.counted_meetings:
        return {}
    known = registration.counted_attendance or {"present": 0, "excused": 0}
    return {
        name: value for name, value in (known | registration.counted_meetings).items() if value is not None
    }


def headings() -> dict[str, str]:
    return {
        "code": _("Code"),
        "state": _("State"),
        "position": _("Position in the waiting list"),
        "beyond_places": _("Beyond the places"),
        "name": _("Name"),
        "email": _("E-mail address"),
        "organization": _("Organization"),
        "member": _("Member"),
        "membership_confirmed": _("Membership confirmed"),
        "country": _("Country"),
        "region": _("Region"),
        "post": _("Post"),
        "profile": _("Profile"),
        "language": _("Language"),
        "activity": _("Activity"),
        "session": _("Session"),
        "host": _("Host"),
        "time_zone": _("Time zone"),
        "starts": _("Starts"),
        "registered": _("Registered"),
        "held_until": _("Held until"),
        "confirmed": _("Confirmed"),
        "cancelled": _("Cancelled"),
        "note": _("Note to the host"),
        "meetings_taken": _("Meetings with attendance recorded"),
        "present": _("Present at"),
        "excused": _("Excused at"),
        "minutes": _("Minutes measured"),
    }


class RegistrationResource(SafeResource):
    columns = COLUMNS
    headings = staticmethod(headings)

    class Meta:
        model = Registration
        fields: list[str] = []
