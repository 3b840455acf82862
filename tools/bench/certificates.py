"""A large batch of certificates against a small one, in the same run: what one costs to issue, with its letter."""

import gc
import time
from datetime import date
from typing import TYPE_CHECKING

from tools.local.messages import say

from .platform_reports import ENDS, START, meeting_with

if TYPE_CHECKING:
    from catalog.models import Session

FEW, MANY = 100, 10_000
ROUNDS = {FEW: 7, MANY: 1}


def compare_batches_of_certificates() -> None:
    few, many = (milliseconds_each(people) for people in (FEW, MANY))
    say(
        f"Certificates with their letters: one of {MANY:,} costs {many / few:.2f} × one of {FEW}, in the worker and"
        f" PostgreSQL ({many:.2f} ms and {few:.2f} ms; at most 1.2 is meant)"
    )


def milliseconds_each(people: int) -> float:
    """CPU of the fastest of several rounds, of which each is taken back: what else the machine does makes the others slower.
    The first of the few only warms up."""
    return min(issue_and_take_back(people) for _ in range(ROUNDS[people])) * 1000 / people


def issue_and_take_back(people: int) -> float:
    from django.db import connection, transaction

    from credentials.actions import issue

    from .server import database_seconds

    with transaction.atomic():
        session = finished(people)
        with connection.cursor() as cursor:
            # As autovacuum does it soon after so many rows were written.
            cursor.execute("ANALYZE registrations_registration, attendance_attendance, accounts_user")
        gc.collect()
        began = time.process_time() + database_seconds()
        made = issue(session=session, now=ENDS)
        took = time.process_time() + database_seconds() - began
        assert made.issued == people, made
        transaction.set_rollback(True)
    return took


def finished(people: int) -> "Session":
    """Everybody was there, the list is closed, and somebody signs."""
    from attendance.models import Attendance, Closing
    from catalog.certificate_rule import Certificate, Counted, Rule
    from credentials.models import Signatory
    from hubs.models import Host

    meeting, by = meeting_with(people)
    session = meeting.session
    activity = session.activity
    activity.rule = Rule(certificate=Certificate.PARTICIPATION, percent=100, percent_of=Counted.MEETINGS)
    activity.host = Host.objects.all()[0]
    activity.save()
    Attendance.objects.bulk_create(
        Attendance(
            registration=registration,
            meeting=meeting,
            source="staff",
            state="present",
            counts=True,
            noted_at=START,
        )
        for registration in session.registrations.all()
    )
    Closing.objects.create(meeting=meeting, closed_at=ENDS, closed_by=by)
    Signatory.objects.get_or_create(
        host=activity.host, from_day=date(2020, 1, 1), defaults={"name": "Dr. Example", "post": "Director"}
    )
    return session
