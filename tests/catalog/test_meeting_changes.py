"""Which meeting is which when a session is given other meetings, and what the history tells of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, connection
from django.urls import reverse

from catalog.actions import set_meetings
from catalog.models import Meeting
from desk.history import tell
from tests import cast
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
# Days of December at 10:00 UTC with a title: what there was, what is given, and for each of the latter the day it was.
# None is one that is new.
CASES = {
    "nothing else": ("8 15 22", "8 15 22", [8, 15, 22]),
    "one dropped": ("8 15 22", "8 22", [8, 22]),
    "one added between": ("8 22", "8 15 22", [8, None, 22]),
    "one moved by a day": ("8 15 22", "8 16 22", [8, 15, 22]),
    "one moved far": ("8 15 22", "8 22 30", [8, 22, 15]),
    "one dropped and one moved by a day": ("8 15 22", "9 22", [8, 22]),
    "all moved": ("8 15", "25 30", [8, 15]),
    "two exchange their hours": ("8:A 15:B", "8:B 15:A", [15, 8]),
    "named ones go by their names": ("8:A 15:B 22:C", "15:A 22:B 29:C", [8, 15, 22]),
    "renamed only": ("8:A 15:B", "8:A 15:Z", [8, 15]),
    "another one in its place": ("8:A 15:B", "8:A 29:Z", [8, None]),
    "unnamed beside named": ("8 15:B", "10:B 20", [15, 8]),
    "the same name twice": ("8:Lab 15:Lab", "8:Lab 15:Lab 22:Lab", [8, 15, None]),
    "what has taken place stays past": ("1 8", "8 29", [8, None]),
    "what has taken place was a day later": ("1 8", "2 8", [1, 8]),
}


def times(text: str) -> list[tuple[datetime, datetime, str]]:
    meetings = []
    for part in text.split():
        day, _colon, title = part.partition(":")
        start = datetime(2026, 12, int(day), 10, tzinfo=UTC)
        meetings.append((start, start + timedelta(hours=1), title))
    return meetings


@pytest.mark.parametrize(("before", "after", "was"), CASES.values(), ids=CASES)
def test_a_meeting_that_stays_or_moves_keeps_its_row(before, after, was):
    session = cast.session(meetings=times(before))
    rows = {meeting.starts_at.day: meeting.pk for meeting in session.meetings.all()}
    days = {pk: day for day, pk in rows.items()}
    changes = set_meetings(session=session, meetings=times(after), by=None, now=NOW)
    meetings = list(session.meetings.all())
    assert [days.get(meeting.pk) for meeting in meetings] == was
    assert [(m.starts_at, m.ends_at, m.title) for m in meetings] == times(after)
    assert [meeting.starts_at.day for meeting in changes.dropped] == sorted(set(rows) - set(was))
    assert [meeting.pk for meeting in changes.added] == [m.pk for m in meetings if m.pk not in days]
    assert sorted((old.starts_at.day, new.starts_at.day) for old, new in changes.moved) == sorted(
        (days[m.pk], m.starts_at.day) for m in meetings if m.pk in days and days[m.pk] != m.starts_at.day
    )


def test_two_meetings_can_exchange_their_hours_and_never_start_together():
    session = cast.session(meetings=times("8:A 15:B"))
    set_meetings(session=session, meetings=times("8:B 15:A"), by=None, now=NOW)
    first = session.meetings.first()
    Meeting.objects.create(session=session, starts_at=first.starts_at, ends_at=first.ends_at)
    with pytest.raises(IntegrityError):  # as the end of the transaction would
        connection.check_constraints()


def test_the_history_tells_what_became_of_each_meeting_in_the_hosts_clock(client):
    secretary = cast.secretary()
    session = cast.session(meetings=times("8 15 22"))
    LogEntry.objects.all().delete()
    set_meetings(session=session, meetings=times("9 22 29:Close 30:Party"), by=secretary, now=NOW)
    entries = {
        entry.deed: {name: values for name, *values in entry.told}
        for entry in tell(LogEntry.objects.filter(additional_data__session=session.pk))
    }
    # 10:00 UTC is 19:00 in Seoul.
    assert entries["Meeting “2026-12-09 19:00 (Asia/Seoul)”: moved"] == {
        "Starts": ["Tue 2026-12-08 19:00 (Asia/Seoul)", "Wed 2026-12-09 19:00 (Asia/Seoul)"],
        "Ends": ["Tue 2026-12-08 20:00 (Asia/Seoul)", "Wed 2026-12-09 20:00 (Asia/Seoul)"],
    }
    assert entries["Meeting “Close”: added"] == {
        "Starts": ["", "Tue 2026-12-29 19:00 (Asia/Seoul)"],
        "Ends": ["", "Tue 2026-12-29 20:00 (Asia/Seoul)"],
        "Title in English": ["", "Close"],
    }
    assert "Meeting “2026-12-15 19:00 (Asia/Seoul)”: dropped" in entries
    assert "Meeting “Party”: added" in entries
    assert len(entries) == 4

    client.force_login(secretary)
    page = client.get(reverse("admin:catalog_session_history", args=[session.pk])).text
    assert "2026-12-15 19:00 (Asia/Seoul)”: dropped" in page
    assert "10:00:00" not in page


def test_the_history_tells_nothing_of_a_row_saved_as_it_was():
    session = cast.session()
    LogEntry.objects.all().delete()
    set_meetings(
        session=session, meetings=[(m.starts_at, m.ends_at, m.title) for m in session.meetings.all()], by=None
    )
    assert not LogEntry.objects.filter(content_type__model="meeting").exists()
    session.venue_fr = "" if session.venue_fr is None else None  # nothing, written otherwise
    session.save()
    entry = LogEntry.objects.get(content_type__model="session")
    assert entry.action == LogEntry.Action.UPDATE
    assert tell([entry]) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_change_the_meetings_at_once_come_one_after_the_other():
    session = cast.session(meetings=times("8 15 22"))
    rows = sorted(meeting.pk for meeting in session.meetings.all())
    start = threading.Barrier(2)

    def change(text: str) -> int:
        try:
            start.wait(timeout=PATIENCE)
            return len(set_meetings(session=session, meetings=times(text), by=None, now=NOW).moved)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(change, ["9 16 23", "10 17 24"]))
    assert moved == [3, 3]
    assert sorted(meeting.pk for meeting in session.meetings.all()) == rows
    assert [meeting.starts_at.day for meeting in session.meetings.all()] in ([9, 16, 23], [10, 17, 24])
