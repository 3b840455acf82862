"""What moves is the hour on the host's clock; the moment in UTC follows by today's table of zones."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.models import Meeting, Session
from catalog.models.promised import promise
from copying.moving import (
    YEAR,
    hour_of,
    moved_hours,
    moved_session,
    proposed_span,
    registration_hours,
    span_to,
)
from desk.clock import in_zone

BEFORE = datetime(2021, 1, 1, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def window(zone: str, start: str, lasts: timedelta = timedelta(hours=2), **fields: object) -> Session:
    """At one's own pace, so that no meeting is asked for."""
    made = Session(timezone=zone, self_paced=True, **fields)
    made.starts_at = in_zone(datetime.fromisoformat(start), made.zone)
    made.ends_at = made.starts_at + lasts
    return made


@pytest.mark.parametrize(
    ("zone", "start", "weeks", "start_after", "utc_before", "utc_after"),
    [
        # Egypt: summer time from the last Friday of April on; that is later in 2027, by the weekday.
        ("Africa/Cairo", "2026-04-28 10:00", 52, "2027-04-27 10:00", "07:00", "08:00"),
        ("Africa/Cairo", "2026-06-30 10:00", 52, "2027-06-29 10:00", "07:00", "07:00"),
        # Mexico gave up summer time in October 2022.
        ("America/Mexico_City", "2022-07-06 09:00", 52, "2023-07-05 09:00", "14:00", "15:00"),
        ("America/Mexico_City", "2026-01-14 18:00", 26, "2026-07-15 18:00", "00:00", "00:00"),
        # New York: from the second Sunday of March on, the 8th in 2026 and the 14th in 2027.
        ("America/New_York", "2026-03-10 10:00", 52, "2027-03-09 10:00", "14:00", "15:00"),
        ("America/New_York", "2026-01-13 10:00", 26, "2026-07-14 10:00", "15:00", "14:00"),
        # Santiago: south of the equator, put back in April and forward in September.
        ("America/Santiago", "2026-01-06 15:00", 26, "2026-07-07 15:00", "18:00", "19:00"),
        ("America/Santiago", "2026-09-08 15:00", 52, "2027-09-07 15:00", "18:00", "18:00"),
        # Half an hour, and never.
        ("Australia/Lord_Howe", "2026-01-06 15:00", 26, "2026-07-07 15:00", "04:00", "04:30"),
        ("Asia/Seoul", "2026-12-01 10:00", 52, "2027-11-30 10:00", "01:00", "01:00"),
    ],
)
def test_the_hour_on_the_hosts_clock_stays_and_the_moment_follows(
    zone: str, start: str, weeks: int, start_after: str, utc_before: str, utc_after: str
) -> None:
    session = window(zone, start)
    moved = moved_hours(session, weeks * WEEK, session.zone)
    assert moved.becomes
    assert f"{moved.becomes[0].astimezone(session.zone):%Y-%m-%d %H:%M}" == start_after
    assert (
        moved.becomes[0].astimezone(session.zone).weekday()
        == session.starts_at.astimezone(session.zone).weekday()
    )
    assert (f"{session.starts_at:%H:%M}", f"{moved.becomes[0]:%H:%M}") == (utc_before, utc_after)
    assert not moved.lasts_otherwise


def test_an_hour_that_the_clocks_leave_out_is_a_problem() -> None:
    """In Santiago midnight is left out on 5 September 2027."""
    session = window("America/Santiago", "2026-08-30 00:30")
    moved = moved_session(session, 53 * WEEK, now=BEFORE)
    assert "2027-09-05 00:30" in moved.problem
    assert "America/Santiago" in moved.problem
    assert moved.hours[0].becomes is None
    assert moved_session(session, YEAR, now=BEFORE).problem == ""


def test_what_lasts_otherwise_says_so() -> None:
    """01:30 to 03:30 over the hour that New York has twice on 7 November 2027."""
    session = window("America/New_York", "2026-11-08 00:30", timedelta(hours=2))
    moved = moved_hours(session, YEAR, session.zone)
    assert moved.becomes
    assert moved.becomes[1] - moved.becomes[0] == timedelta(hours=3)
    assert moved.lasts_otherwise


def test_what_ran_over_the_hour_put_back_keeps_its_length() -> None:
    """From 01:40 to 01:20, which was forty minutes later on 1 November 2026: such hours promise no night without it."""
    session = Session(
        timezone="America/New_York",
        self_paced=True,
        starts_at=datetime(2026, 11, 1, 5, 40, tzinfo=UTC),
        ends_at=datetime(2026, 11, 1, 6, 20, tzinfo=UTC),
    )
    moved = moved_hours(session, YEAR, session.zone)
    assert moved.becomes
    assert moved.becomes[0].astimezone(session.zone).isoformat() == "2027-10-31T01:40:00-04:00"
    assert moved.becomes[1] - moved.becomes[0] == timedelta(minutes=40)


def test_what_would_be_over_is_a_problem() -> None:
    session = window("Asia/Seoul", "2026-12-01 10:00")
    after = session.ends_at + YEAR
    assert moved_session(session, YEAR, now=after - timedelta(minutes=1)).problem == ""
    assert moved_session(session, YEAR, now=after).problem == "It would be over already."


def test_a_year_beyond_all_years_is_a_problem() -> None:
    assert "2199" in moved_session(window("Asia/Seoul", "2199-02-01 10:00"), YEAR, now=BEFORE).problem


def test_the_promised_hour_counts_whatever_a_newer_table_says_of_it() -> None:
    """Told at 16:00 while the table held Madrid to be two hours ahead in December; it shows 15:00 at that moment now."""
    session = window("Europe/Madrid", "2026-12-08 15:00")
    session.promised = {
        "starts_at": {"local": "2026-12-08T16:00:00+02:00", "zone": "Europe/Madrid", "table": "2020a"}
    }
    assert hour_of(session, "starts_at") == datetime(2026, 12, 8, 16)
    for otherwise in ({"table": ""}, {"zone": "Europe/Paris"}, {"local": "2026-12-08T17:00:00+02:00"}):
        session.promised = {"starts_at": promise(session.starts_at, "Europe/Madrid") | otherwise}
        assert hour_of(session, "starts_at") == datetime(2026, 12, 8, 15)


def test_registration_opens_and_closes_as_long_before() -> None:
    session = window("America/New_York", "2026-03-10 10:00")
    session.registration_opens_at = in_zone(datetime(2026, 2, 1, 9), session.zone)
    session.registration_closes_at = in_zone(datetime(2026, 3, 9, 18), session.zone)
    moved = registration_hours(session, YEAR)
    shown = {name: at and f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" for name, at in moved.items()}
    assert shown == {
        "registration_opens_at": "2027-01-31 14:00",
        "registration_closes_at": "2027-03-08 23:00",  # 22:00 the year before, in summer time
        "members_first_until": None,
    }


def test_registration_that_would_close_as_it_opens_is_open() -> None:
    """Both fall on one moment, in the hour that Santiago leaves out."""
    session = window("America/Santiago", "2026-08-30 15:00")
    session.registration_opens_at = in_zone(datetime(2026, 8, 30, 0, 30), session.zone)
    session.registration_closes_at = in_zone(datetime(2026, 8, 30, 1, 15), session.zone)
    moved = registration_hours(session, 53 * WEEK)
    assert moved["registration_opens_at"] is None
    assert moved["registration_closes_at"]


def test_a_year_is_proposed_or_as_many_as_it_takes() -> None:
    session = window("Asia/Seoul", "2026-12-01 10:00")
    assert proposed_span([session], now=datetime(2026, 12, 24, tzinfo=UTC)) == YEAR
    assert proposed_span([session], now=datetime(2028, 12, 24, tzinfo=UTC)) == 3 * YEAR
    assert proposed_span([], now=BEFORE) == YEAR
    called_off = window("Asia/Seoul", "2023-12-01 10:00", cancelled_at=BEFORE)
    assert proposed_span([session, called_off], now=datetime(2026, 12, 24, tzinfo=UTC)) == YEAR


def test_a_new_first_day_is_counted_on_the_clock_of_the_first() -> None:
    """23:00 of the 30th in Mexico City, when it is the 1st in Seoul."""
    here = window("America/Mexico_City", "2026-11-30 23:00")
    there = window("Asia/Seoul", "2026-12-03 10:00")
    assert span_to(date(2027, 12, 2), [there, here]) == timedelta(days=367)
    assert span_to(date(2026, 11, 23), [here]) == -WEEK


def test_meetings_that_would_overlap_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that were set for 01:30 of the hour that New York has twice, one after the other."""
    session = window("America/New_York", "2026-11-01 00:00")
    session.self_paced = False
    meetings = [
        Meeting(
            session=session,
            starts_at=datetime(2026, 11, 1, hour, 30, tzinfo=UTC),
            ends_at=datetime(2026, 11, 1, hour, 50, tzinfo=UTC),
        )
        for hour in (5, 6)
    ]
    monkeypatch.setattr(Session, "meetings", type("Of", (), {"all": staticmethod(lambda: meetings)}))
    assert "overlap" in moved_session(session, YEAR, now=BEFORE).problem
