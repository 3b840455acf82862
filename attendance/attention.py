"""What of attendance needs a person: lists that nobody closed for a week, and corrections that people asked for."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.models import Meeting
from desk.attention import Card, Line, Waiting, needs_a_person
from desk.clock import shown
from hubs.counting import TO_CLOSE
from hubs.scope import in_scope
from registrations.models import Registration

from .access import TAKE
from .expected import expected
from .models import Closing, Correction

# After that nobody will know any more: it stays "not recorded".
GIVEN_UP = timedelta(days=90)


def ask_for_attention() -> None:
    needs_a_person("attendance", lists_and_corrections, permission="attendance.view_attendance")


def late_lists(now: datetime) -> Any:
    """Those that nobody closed for more than a week."""
    return open_lists(now).filter(ends_at__lte=now - TO_CLOSE)


def open_lists(now: datetime) -> Any:
    """Meetings that are over, with people, whose list nobody closed: the oldest first."""
    people = Registration.objects.filter(expected(OuterRef("ends_at")), session=OuterRef("session"))
    closed = Closing.objects.standing().filter(meeting=OuterRef("pk"))
    return (
        Meeting.objects.filter(ends_at__lte=now, ends_at__gt=now - GIVEN_UP, session__cancelled_at=None)
        .filter(Exists(people), ~Exists(closed))
        .select_related("session__activity__host")
        .order_by("ends_at", "pk")
    )


def lists_and_corrections(person: User, now: datetime) -> Card:
    asked = in_scope(
        Correction.objects.filter(answered_at=None), person, host="meeting__session__activity__host"
    ).select_related("meeting__session__activity")
    answers = person.has_perm(TAKE)

    def correction_line(correction: Correction) -> Line:
        return Line(
            reverse("attendance:answer", args=[correction.meeting_id, correction.pk])
            if answers
            else reverse("attendance:list", args=[correction.meeting_id]),
            str(correction.meeting.session.activity),
            _("asked on %(when)s") % {"when": shown(correction.asked_at, correction.meeting.session.zone)},
            badge=_("“This is wrong”"),
            tone="warning",
        )

    def late_line(meeting: Meeting) -> Line:
        days = (now - meeting.ends_at).days
        badge = ngettext("not closed for %(count)d day", "not closed for %(count)d days", days)
        return Line(
            reverse("attendance:list", args=[meeting.pk]),
            str(meeting.session.activity),
            shown(meeting.starts_at, meeting.session.zone),
            badge=badge % {"count": days},
            tone="warning",
        )

    def fresh_line(meeting: Meeting) -> Line:
        return Line(
            reverse("attendance:list", args=[meeting.pk]),
            str(meeting.session.activity),
            shown(meeting.starts_at, meeting.session.zone),
            badge=_("to be closed"),
        )

    late = in_scope(late_lists(now), person, host="session__activity__host")
    fresh = in_scope(open_lists(now), person, host="session__activity__host").filter(
        ends_at__gt=now - TO_CLOSE
    )
    return Card(
        _("Attendance"),
        _("Every list of the last weeks is closed, and nobody asks for a correction."),
        [
            Waiting(asked.order_by("asked_at", "pk"), correction_line),
            Waiting(late, late_line),
            Waiting(fresh, fresh_line),
        ],
    )
