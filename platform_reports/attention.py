"""What of platform reports needs a person: people in a call of whom nobody has said yet who they are."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from attendance.models import Closing
from desk.attention import Card, Line, Waiting, needs_a_person
from desk.clock import shown
from hubs.scope import in_scope

from .models import PlatformReport
from .models.trace import undecided
from .put_off import of_the_meeting_now


def ask_for_attention() -> None:
    needs_a_person("platform_reports", people_to_decide, permission="platform_reports.view_platformreport")


def reports_to_decide() -> QuerySet[PlatformReport]:
    """With how many people are `undecided` in each (`Trace.objects.to_decide()`), at lists that are open: a closed one takes
    no decision, and a report read before its meeting was put off says nothing of it. The oldest first, which is forgotten
    first."""
    closed = Closing.objects.standing().filter(meeting=OuterRef("meeting"))
    return (
        PlatformReport.objects.filter(of_the_meeting_now(), ~Exists(closed), erased_at=None)
        .annotate(undecided=Count("traces", filter=undecided("traces__")))
        .filter(undecided__gt=0)
        .select_related("meeting__session__activity__host")
        .order_by("read_at", "pk")
    )


def words_for(report: PlatformReport) -> str:
    count: int = report.undecided  # type: ignore[attr-defined]  # counted by `reports_to_decide`
    return ngettext("%(count)d person to decide", "%(count)d people to decide", count) % {"count": count}


def people_to_decide(person: User, now: datetime) -> Card | None:
    reports = in_scope(reports_to_decide(), person, host="meeting__session__activity__host")
    said = _("In every platform report it is decided who each person is.")
    return Card(_("Platform reports"), said, [Waiting(reports, line_of)])


def line_of(report: PlatformReport) -> Line:
    return Line(
        report.get_absolute_url(),
        str(report.meeting.session.activity),
        shown(report.meeting.starts_at, report.meeting.session.zone),
        badge=words_for(report),
        tone="warning",
    )
