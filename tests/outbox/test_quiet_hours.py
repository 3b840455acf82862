"""Letters that can wait come between 8:00 and 21:00 on the reader's clock; the others at any hour."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from outbox.actions import resend, write_letter
from outbox.kinds import can_wait
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.quiet_hours import asleep, is_quiet, morning_after
from outbox.rendering import Rendered
from tests import cast

pytestmark = pytest.mark.django_db

can_wait("of_tests")
AT_NIGHT = datetime(2026, 11, 3, 20, 30, tzinfo=UTC)  # 23:30 in Nairobi, 15:30 in Bogota


def letter(person, *, kind="of_tests", now=AT_NIGHT, **fields) -> Letter:
    words = Rendered(subject="News", text="News", html="<p>News</p>")
    new = NewLetter(
        kind=kind, key=f"{kind}/{now}", person=person, template="", context={}, words=words, now=now, **fields
    )
    with transaction.atomic():
        written = write_letter(new)
    assert written is not None
    return written


def sleeper(zone="Africa/Nairobi", **fields):
    return cast.person("Wanjiru Kamau", quiet_hours=True, **({"timezone": zone} | fields))


@pytest.mark.parametrize(
    ("zone", "at", "morning"),
    [
        ("Africa/Nairobi", "2026-11-03T20:30", "2026-11-04T05:00"),
        ("Africa/Nairobi", "2026-11-03T22:30", "2026-11-04T05:00"),  # 1:30 of the day itself
        ("Asia/Kolkata", "2026-11-03T15:30", "2026-11-04T02:30"),  # 21:00 sharp
        ("America/New_York", "2026-11-01T03:30", "2026-11-01T13:00"),  # the night that has an hour more
        ("Europe/Madrid", "2026-03-28T22:00", "2026-03-29T06:00"),  # the night that has an hour less
        ("Pacific/Auckland", "2026-12-31T18:59", "2026-12-31T19:00"),
    ],
)
def test_the_morning_is_the_next_eight_oclock_on_that_clock(zone, at, morning):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert is_quiet(moment, ZoneInfo(zone))
    assert morning_after(moment, ZoneInfo(zone)) == datetime.fromisoformat(morning).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at"), [("Africa/Nairobi", "2026-11-03T05:00"), ("Asia/Tehran", "2026-11-03T17:29")]
)
def test_from_eight_to_nine_in_the_evening_nothing_waits(zone, at):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert not is_quiet(moment, ZoneInfo(zone))
    assert letter(sleeper(zone), now=moment).next_try_at == moment


def test_at_night_a_letter_waits_for_the_morning():
    written = letter(sleeper())
    assert written.next_try_at == datetime(2026, 11, 4, 5, tzinfo=UTC)
    assert not Letter.objects.due(AT_NIGHT + timedelta(hours=8)).exists()
    assert Letter.objects.due(AT_NIGHT + timedelta(hours=8, minutes=30)).exists()


@pytest.mark.parametrize(
    ("who", "letters"),
    [
        ({"zone": "America/Bogota"}, {}),  # it is day there
        ({"zone": ""}, {}),  # nobody knows when it is night
        ({}, {"kind": "sign_in_code"}),  # a kind that cannot wait
        ({}, {"urgent": True}),
        ({}, {"useless_after": AT_NIGHT + timedelta(hours=8)}),  # by the morning it says nothing any more
    ],
)
def test_what_cannot_wait_or_need_not_goes_at_once(who, letters):
    assert letter(sleeper(**who), **letters).next_try_at == AT_NIGHT


def test_who_wants_letters_at_any_hour_gets_them_at_any_hour():
    assert (
        letter(cast.person("Night Owl", timezone="Africa/Nairobi", quiet_hours=False)).next_try_at == AT_NIGHT
    )


def test_what_staff_send_again_goes_at_once():
    written = letter(sleeper())
    resend(letter=written, by=None, now=AT_NIGHT)
    written.refresh_from_db()
    assert written.next_try_at == AT_NIGHT


def test_who_sleeps_is_told_by_the_name_of_the_zone():
    names = asleep(AT_NIGHT)
    assert {"Africa/Nairobi", "Europe/Athens", "Asia/Seoul"} <= set(names)
    assert not {"America/Bogota", "UTC", "Pacific/Auckland"} & set(names)


def test_no_zone_is_read_anew_each_minute(monkeypatch):
    """There are six hundred of them, and `zoneinfo` keeps eight."""
    asleep(AT_NIGHT)
    monkeypatch.setattr("outbox.quiet_hours.ZoneInfo", lambda name: pytest.fail(f"{name} is made again"))
    assert "Asia/Seoul" in asleep(AT_NIGHT + timedelta(minutes=1))
    assert "Africa/Nairobi" not in asleep(AT_NIGHT + timedelta(hours=12))
