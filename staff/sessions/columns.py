"""What the list and the page tell of a session."""

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Min, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from catalog.hours import next_hours
from catalog.models import Session
from catalog.models.session import SessionQuerySet
from catalog.session_state import state_of
from catalog.wording import where
from desk.clock import TYPED, shown
from desk.types import FilterChoice
from hubs.scope import HostScopedAdmin
from registrations.models import Registration

from . import meeting_lines

SHOWN_PEOPLE = 100


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, StrOrPromise]]:
        return [("past", _("past")), ("all", _("all"))]

    def choices(self, changelist: ChangeList) -> Iterator[FilterChoice]:
        for choice in super().choices(changelist):
            if choice["query_string"] == changelist.get_query_string(remove=[self.parameter_name]):
                choice["display"] = _now("coming")
            yield choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        assert isinstance(queryset, SessionQuerySet)
        match self.value():
            case None:
                return coming(queryset)
            case "past":
                return queryset.filter(ends_at__lte=timezone.now())
        return queryset


def coming(queryset: SessionQuerySet) -> QuerySet[Session]:
    """From the first that began and still lasts: read in its order, the list would pass all that are over."""
    now = timezone.now()
    # Not the bare column, of which PostgreSQL would look for the least in the same order.
    first = Session.objects.upcoming(now).aggregate(first=Min(Coalesce("starts_at", "ends_at")))["first"]
    return queryset.upcoming(now).filter(starts_at__gte=first) if first else queryset.none()


class FullnessFilter(admin.SimpleListFilter):
    title = _("places")
    parameter_name = "fullness"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, StrOrPromise]]:
        return [("left", _("places left")), ("waiting", _("people waiting")), ("over", _("overbooked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        assert isinstance(queryset, SessionQuerySet)
        match self.value():
            case "left":
                return queryset.with_places_left()
            case "waiting":
                return queryset.filter(waiting_count__gt=0)
            case "over":
                return queryset.filter(places_taken__gt=F("places"))
        return queryset


class SessionColumns(HostScopedAdmin[Session]):
    """What the list and the page show of a session."""

    @admin.display(description=_("activity"))
    def activity_link(self, session: Session) -> str:
        page = reverse("admin:catalog_activity_change", args=[session.activity_id])
        return format_html('<a href="{}">{}</a> {}', page, session.activity, session.label)

    @admin.display(description=_("host"), ordering="activity__host__name")
    def host(self, session: Session) -> str:
        return session.activity.host_name

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, session: Session) -> str:
        if session.self_paced:
            return _now("%(opens)s until %(closes)s") % {
                "opens": session.starts_at.astimezone(session.zone).strftime(TYPED),  # one clock, named once
                "closes": shown(session.ends_at, session.zone),
            }
        start, _end = next_hours(session, timezone.now()) or session.hours[0]
        return shown(start, session.zone)

    @admin.display(description=_("state"))
    def state(self, session: Session) -> str:
        return state_of(session, timezone.now()).name

    @admin.display(description=_("places taken"), ordering="places_taken")
    def people(self, session: Session) -> str:
        if session.places is None:
            return str(session.places_taken)
        taken = _now("%(taken)d of %(places)d") % {"taken": session.places_taken, "places": session.places}
        if session.is_overbooked:
            badge = _now("overbooked by %(count)d") % {"count": session.places_taken - session.places}
            return format_html('{} <span class="desk-badge desk-badge-bad">{}</span>', taken, badge)
        return taken

    @admin.display(description=_("meetings"))
    def meetings_shown(self, session: Session) -> str:
        lines = meeting_lines.write(session.meetings.all(), session.zone)
        return (
            format_html('<pre class="desk-lines" dir="ltr">{}</pre>{}', lines, session.timezone)
            if lines
            else _now("None")
        )

    @admin.display(description=_("attendance lists"))
    def attendance_lists(self, session: Session) -> str:
        links = [
            (
                reverse("attendance:list", args=[meeting.pk]),
                shown(meeting.starts_at, session.zone),
                meeting.title,
            )
            for meeting in session.meetings.all()
        ]
        items = format_html_join("", '<li><a href="{}">{}</a> {}</li>', links)
        return format_html('<ol class="desk-people">{}</ol>', items) if links else _now("None")

    @admin.display(description=_("where"))
    def where(self, session: Session) -> str:
        return where(session) if session.place else session.joining_link

    @admin.display(description=_("registration opens"))
    def opens(self, session: Session) -> str:
        return shown(session.registration_opens_at, session.zone)

    @admin.display(description=_("registration closes"))
    def closes(self, session: Session) -> str:
        return shown(session.closes_at, session.zone)

    @admin.display(description=_("members first until"))
    def members_until(self, session: Session) -> str:
        return shown(session.members_first_until, session.zone)

    @admin.display(description=_("confirmed people"))
    def confirmed_people(self, session: Session) -> str:
        return people_list(
            session, session.registrations.confirmed().order_by("confirmed_at", "id"), "confirmed"
        )

    @admin.display(description=_("waiting list"))
    def waiting_people(self, session: Session) -> str:
        return people_list(session, session.registrations.waiting(), "waiting")

    @admin.display(description=_("invited"))
    def invited(self, session: Session) -> str:
        count = session.invitations.count()
        page = reverse("admin:registrations_invitation_changelist")
        return (
            format_html('<a href="{}?session__id__exact={}">{}</a>', page, session.pk, count)
            if count
            else "0"
        )


def people_list(session: Session, registrations: QuerySet[Registration], state: str) -> str:
    """The first of them in order, and the way to all."""
    rows = list(registrations.select_related("person__organization")[: SHOWN_PEOPLE + 1])
    page = reverse("admin:registrations_registration_changelist")
    address = f"{page}?{urlencode({'session__id__exact': str(session.pk), 'state__exact': state})}"
    if not rows:
        return _now("Nobody.")
    items = format_html_join(
        "",
        '<li><a href="{}">{}</a>, {}{}</li>',
        (
            (
                reverse("admin:registrations_registration_change", args=[registration.pk]),
                registration.seen,
                registration.seen.organization_name,
                format_html(' <span class="desk-badge desk-badge-bad">{}</span>', _now("beyond the places"))
                if registration.over_places
                else "",
            )
            for registration in rows[:SHOWN_PEOPLE]
        ),
    )
    everyone = format_html('<p><a href="{}">{}</a></p>', address, _now("Open as a list"))
    return format_html('<ol class="desk-people">{}</ol>{}', items, everyone)
