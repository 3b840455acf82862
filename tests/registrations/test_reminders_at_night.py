"""A reminder of a day or more waits until its reader's quiet hours are over; what is near does not."""

from datetime import UTC, datetime, timedelta

import pytest

from outbox.models import Letter
from registrations import reminders
from registrations.actions import reschedule
from registrations.reminders import due_now, remind
from tests import cast

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# 14:00 UTC is 23:00 in Seoul and 9:00 in Bogota.
START = datetime(2026, 12, 11, 14, 0, tzinfo=UTC)
MORNING_IN_SEOUL = datetime(2026, 12, 10, 23, 0, tzinfo=UTC)
LONG_BEFORE = START - 30 * DAY


@pytest.fixture
def session():
    return cast.session(
        starts_at=START, joining_link="https://meet.example/room", reminder_leads=[24 * 60, 180]
    )


def who(name: str, zone: str, **fields):
    return cast.person(name, timezone=zone, **({"quiet_hours": True} | fields))


def written_to(moment: datetime) -> list[str]:
    remind(now=moment)
    fresh = Letter.objects.filter(written_at=moment, key__startswith="reminder/")
    return sorted(fresh.values_list("person__name", flat=True))


def test_each_reader_gets_it_when_they_are_awake(session):
    for person in (
        who("Minji", "Asia/Seoul"),
        who("Camila", "America/Bogota"),
        who("Owl", "Asia/Seoul", quiet_hours=False),
    ):
        cast.register(session, person, now=LONG_BEFORE)
    assert written_to(START - DAY) == ["Camila", "Owl"]
    assert written_to(MORNING_IN_SEOUL - timedelta(minutes=1)) == []
    assert written_to(MORNING_IN_SEOUL) == ["Minji"]
    reminder = Letter.objects.get(person__name="Minji", kind="reminder")
    assert reminder.subject == "Today: Water in dense cities"


def test_what_is_near_comes_at_night_too(session):
    cast.register(
        session, who("Wanjiru", "Pacific/Auckland"), now=LONG_BEFORE
    )  # 0:00 there an hour before 3:00
    remind(now=START - DAY)
    remind(now=datetime(2026, 12, 10, 19, 0, tzinfo=UTC))
    assert written_to(START - 3 * HOUR) == ["Wanjiru"]
    assert written_to(START - HOUR) == ["Wanjiru"]


def test_who_sleeps_takes_nobodys_turn(session, monkeypatch):
    monkeypatch.setattr(reminders, "MOST_AT_ONCE", 2)
    for number in range(4):
        cast.register(session, who(f"Sleeper {number}", "Asia/Seoul"), now=LONG_BEFORE)
    cast.register(session, who("Camila", "America/Bogota"), now=LONG_BEFORE)
    assert written_to(START - DAY) == ["Camila"]


def test_a_session_that_moves_at_night_is_reminded_of_as_it_is_in_the_morning(session):
    cast.register(session, who("Minji", "Asia/Seoul"), now=LONG_BEFORE)
    assert due_now(START - DAY) == []
    reschedule(session=session, by=cast.secretary(), starts_at=START + 2 * DAY, now=START - DAY + HOUR)
    assert written_to(MORNING_IN_SEOUL) == []
    assert Letter.objects.filter(kind="session_changed").exists()
