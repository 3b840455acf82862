"""What of platform reports needs a person: people in a call of whom nobody has said yet who they are."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from attendance.models import Closing
from desk.attention import SHOWN, Card, Line, needs_a_person
from desk.clock import shown
from hubs.scope import in_scope

from .models import PlatformReport


def ask_for_attention() -> None:
    needs_a_person("platform_reports", people_to_decide, permission="platform_reports.view_platformreport")


def undecided() -> Q:
    """Of reports: their traces that `Trace.objects.to_decide()` finds."""
    return Q(traces__how="", traces__set_aside_at=None, traces__is_outside=False)


def people_to_decide(person: User, now: datetime) -> Card | None:
    """At lists that are open: a closed one takes no decision. The oldest first, which is forgotten first."""
    closed = Closing.objects.standing().filter(meeting=OuterRef("meeting"))
    reports = (
        in_scope(
            PlatformReport.objects.filter(~Exists(closed), erased_at=None),
            person,
            host="meeting__session__activity__host",
        )
        .annotate(undecided=Count("traces", filter=undecided()))
        .filter(undecided__gt=0)
        .select_related("meeting__session__activity__host")
        .order_by("read_at", "pk")
    )
    lines = [
        Line(
            report.get_absolute_url(),
            str(report.meeting.session.activity),
            shown(report.meeting.starts_at, report.meeting.session.zone),
            badge=ngettext("%(count)d person to decide", "%(count)d people to decide", report.undecided)
            % {"count": report.undecided},
            tone="warning",
        )
        for report in reports[:SHOWN]
    ]
    return Card(_("Platform reports"), _("In every platform report it is decided who each person is."), lines)
