"""Large reports of platforms against small ones, in the same run: what one line costs to read and to unite, and to note."""

import gc
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tools.local.messages import say

if TYPE_CHECKING:
    from accounts.models import User
    from catalog.models import Meeting

FEW, MANY = 100, 3_000
ROUNDS, NOTED_ROUNDS = 7, 3
START = datetime(2026, 11, 24, 10, tzinfo=UTC)
ENDS = START + timedelta(minutes=90)


def compare_platform_reports() -> None:
    few, many = milliseconds_a_row(FEW), milliseconds_a_row(MANY)
    say(
        f"\nA platform's report, read and united: a row of {MANY:,} costs {many / few:.2f} × one of {FEW}"
        f" ({many:.3f} ms and {few:.3f} ms; at most 1.5 is meant)"
    )
    few, many = milliseconds_to_note_a_row(FEW), milliseconds_to_note_a_row(MANY)
    say(
        f"The same, matched and noted as attendance, in the web server and PostgreSQL: {many / few:.2f} ×"
        f" ({many:.2f} ms and {few:.2f} ms)"
    )


def milliseconds_a_row(rows: int) -> float:
    """CPU of the fastest of several rounds: what else the machine does makes the others slower."""
    content = report(rows)
    read_and_unite(content)  # reads the tables of headings and words, once in a process
    return min(seconds(content) for _ in range(ROUNDS)) * 1000 / rows


def seconds(content: bytes) -> float:
    gc.collect()
    began = time.process_time()
    read_and_unite(content)
    return time.process_time() - began


def read_and_unite(content: bytes) -> int:
    from platform_reports.reading import read, united
    from platform_reports.reading.folding import folded

    folded.cache_clear()
    reading = read(content, starts_at=START, ends_at=ENDS, zone=ZoneInfo("UTC"))
    return len(united(reading, starts_at=START, ends_at=ENDS))


def milliseconds_to_note_a_row(rows: int) -> float:
    """CPU of the fastest of a few rounds; each is taken back."""
    note_and_take_back(rows)
    return min(note_and_take_back(rows) for _ in range(NOTED_ROUNDS)) * 1000 / rows


def note_and_take_back(rows: int) -> float:
    """Two thirds as many people as rows, all of them on the list."""
    from django.db import transaction

    from platform_reports.actions import note_report
    from platform_reports.reading import read

    from .server import database_seconds

    with transaction.atomic():
        meeting, by = meeting_with(rows * 2 // 3)
        content = report(rows)
        gc.collect()
        began = time.process_time() + database_seconds()
        reading = read(content, starts_at=START, ends_at=ENDS, zone=ZoneInfo("UTC"))
        noted = note_report(meeting=meeting, reading=reading, sha256="0" * 64, by=by, now=ENDS)
        took = time.process_time() + database_seconds() - began
        assert noted.changes == rows * 2 // 3, noted
        transaction.set_rollback(True)
    return took


def meeting_with(people: int) -> "tuple[Meeting, User]":
    from accounts.models import User
    from catalog.models import Activity, Meeting, Session
    from registrations.models import Registration

    before = START - timedelta(days=9)
    session = Session.objects.create(
        activity=Activity.objects.all()[0], timezone="UTC", starts_at=START, ends_at=ENDS, places=people
    )
    meeting = Meeting.objects.create(session=session, starts_at=START, ends_at=ENDS)
    persons = User.objects.bulk_create(
        User(email=f"person{number}@example.org", name=f"Person {number}", password="!")  # noqa: S106 - nobody signs in
        for number in range(people)
    )
    Registration.objects.bulk_create(
        Registration(
            session=session, person=person, state="confirmed", registered_at=before, confirmed_at=before
        )
        for person in persons
    )
    return meeting, persons[0]


def report(rows: int) -> bytes:
    """Of Zoom: two thirds as many people as rows, each third person with a second device and without e-mail there."""
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    people = rows * 2 // 3
    for row in range(rows):
        person, joined = row % people, START + timedelta(seconds=row % 1800)
        email = f"person{person}@example.org" if row < people else ""
        times = ",".join(f"{moment:%m/%d/%Y %I:%M:%S %p}" for moment in (joined, joined + timedelta(hours=1)))
        lines.append(f'"Person {person}, Lisboa",{email},{times},60,Yes')
    return "\n".join(lines).encode()
