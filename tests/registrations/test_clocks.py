from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registrations.clocks import city_of_zone, days_away, offset, stretch

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def seen_by(
    start: datetime, *, reader: str, host: str, city: str, lasts=timedelta(hours=1, minutes=30), now=NOW
):
    return stretch(start, start + lasts, reader=ZoneInfo(reader), host=ZoneInfo(host), city=city, now=now)


def test_the_readers_clock_comes_first_and_the_hosts_beside_it():
    when = seen_by(
        datetime(2026, 12, 11, 6, 0, tzinfo=UTC), reader="Africa/Dakar", host="Asia/Seoul", city="Seoul"
    )
    assert when.yours == "Friday 11 December 2026, 06:00–07:30 (Dakar, UTC+0)"
    assert when.theirs == "15:00–16:30 in Seoul (UTC+9)"


def test_where_the_host_is_already_in_tomorrow_its_day_is_said():
    when = seen_by(
        datetime(2026, 12, 11, 23, 0, tzinfo=UTC),
        reader="America/Mexico_City",
        host="Asia/Seoul",
        city="Seoul",
    )
    assert when.yours == "Friday 11 December 2026, 17:00–18:30 (Mexico City, UTC−6)"
    assert when.theirs == "Saturday 12 December 2026, 08:00–09:30 in Seoul (UTC+9)"


def test_half_and_quarter_hours():
    when = seen_by(
        datetime(2026, 12, 11, 6, 0, tzinfo=UTC), reader="Asia/Kathmandu", host="Asia/Tehran", city="Mashhad"
    )
    assert when.yours == "Friday 11 December 2026, 11:45–13:15 (Kathmandu, UTC+5:45)"
    assert when.theirs == "09:30–11:00 in Mashhad (UTC+3:30)"
    assert offset(datetime(2026, 12, 1, tzinfo=ZoneInfo("America/St_Johns"))) == "UTC−3:30"


def test_across_the_date_line_two_days_lie_between():
    when = seen_by(
        datetime(2026, 12, 11, 10, 30, tzinfo=UTC),
        reader="Pacific/Pago_Pago",
        host="Pacific/Kiritimati",
        city="London",
    )
    assert when.yours.startswith("Thursday 10 December 2026, 23:30 – Friday 11 December 2026, 01:00")
    assert when.theirs == "Saturday 12 December 2026, 00:30–02:00 in London (UTC+14)"


def test_over_midnight_both_days_are_said():
    when = seen_by(
        datetime(2026, 12, 11, 14, 30, tzinfo=UTC), reader="Africa/Dakar", host="Asia/Seoul", city="Seoul"
    )
    assert when.yours == "Friday 11 December 2026, 14:30–16:00 (Dakar, UTC+0)"
    assert when.theirs == (
        "Friday 11 December 2026, 23:30 – Saturday 12 December 2026, 01:00 in Seoul (UTC+9)"
    )


def test_where_both_clocks_show_the_same_it_is_said_once_with_the_hosts_city():
    when = seen_by(
        datetime(2026, 12, 11, 9, 0, tzinfo=UTC),
        reader="Europe/Paris",
        host="Europe/Madrid",
        city="Barcelona",
    )
    assert str(when) == "Friday 11 December 2026, 10:00–11:30 (Barcelona, UTC+1)"


def test_zones_that_agree_in_winter_differ_in_summer():
    """Cairo and Johannesburg: the same in December, an hour apart in June."""
    winter = seen_by(
        datetime(2026, 12, 11, 8, 0, tzinfo=UTC),
        reader="Africa/Johannesburg",
        host="Africa/Cairo",
        city="Cairo",
    )
    summer = seen_by(
        datetime(2027, 6, 11, 8, 0, tzinfo=UTC),
        reader="Africa/Johannesburg",
        host="Africa/Cairo",
        city="Cairo",
    )
    assert winter.theirs == ""
    assert summer.theirs == "11:00–12:30 in Cairo (UTC+3)"


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "01:30–03:30"),  # 02:00 to 03:00 does not exist in Madrid
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "02:30–02:30"),  # 02:00 to 03:00 comes twice
    ],
)
def test_an_hour_across_a_change_of_the_clocks(start, hour):
    when = seen_by(
        start, reader="Europe/Madrid", host="Europe/Madrid", city="Barcelona", lasts=timedelta(hours=1)
    )
    assert hour in when.yours


def test_it_is_said_when_the_readers_clocks_change_before_then():
    start = datetime(2027, 4, 15, 9, 0, tzinfo=UTC)
    assert seen_by(start, reader="Europe/Madrid", host="Asia/Seoul", city="Seoul").clocks_change
    assert not seen_by(start, reader="Africa/Dakar", host="Asia/Seoul", city="Seoul").clocks_change
    assert not seen_by(
        start, reader="Europe/Madrid", host="Asia/Seoul", city="Seoul", now=start - timedelta(days=1)
    ).clocks_change


def test_days_are_nights_in_the_readers_clock():
    start = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
    assert days_away(start, reader=ZoneInfo("UTC"), now=NOW) == 1
    assert days_away(start, reader=ZoneInfo("America/Mexico_City"), now=NOW) == 0


def test_a_zone_is_told_as_its_city():
    assert city_of_zone(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires"
