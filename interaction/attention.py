"""What of questions needs a person: reports to decide, and questions that wait for somebody to let them appear."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.models import Meeting
from desk.attention import Card, Line, Waiting, needs_a_person
from desk.clock import shown
from hubs.scope import in_scope

from .access import LOOK
from .clock import AFTER
from .models import Question, Report

# Before a meeting nobody hurries: those of the days to come are told.
AHEAD = timedelta(days=7)


def ask_for_attention() -> None:
    needs_a_person("questions", reports_and_questions, permission=LOOK)


def reports_and_questions(person: User, now: datetime) -> Card:
    reports = in_scope(Report.objects.waiting(), person, host="meeting__session__activity__host")
    waiting = Q(questions__state=Question.State.WAITING, questions__same_as=None)
    meetings = Meeting.objects.filter(
        waiting, session__cancelled_at=None, starts_at__lte=now + AHEAD, ends_at__gt=now - AFTER
    )
    asked = in_scope(meetings, person, host="session__activity__host")
    return Card(
        _("Questions at meetings"),
        _("No question waits, and none was reported."),
        [
            Waiting(
                reports.select_related("meeting__session__activity").order_by("reported_at", "pk"),
                report_line,
            ),
            Waiting(
                asked.annotate(waiting=Count("questions", distinct=True))
                .select_related("session__activity")
                .order_by("starts_at", "pk"),
                meeting_line,
            ),
        ],
    )


def report_line(report: Report) -> Line:
    return Line(
        reverse("interaction:report_decision", args=[report.pk]),
        str(report.meeting.session.activity),
        shown(report.reported_at, report.meeting.session.zone),
        badge=_("a question was reported"),
        tone="bad",
    )


def meeting_line(meeting: Meeting) -> Line:
    count = meeting.waiting  # type: ignore[attr-defined]  # counted above
    badge = ngettext("%(count)d question waits", "%(count)d questions wait", count)
    return Line(
        reverse("interaction:moderation", args=[meeting.pk]),
        str(meeting.session.activity),
        shown(meeting.starts_at, meeting.session.zone),
        badge=badge % {"count": count},
        tone="warning",
    )
