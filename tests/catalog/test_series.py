"""A series in lists, filters and on its page: it stands by its next meeting, and runs only while it meets."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from catalog.listing.cards import cards_of
from catalog.session_state import state_of
from catalog.wording import dates, window
from tests import cast

from .asking import counts, question, titles

pytestmark = pytest.mark.django_db

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
SUNDAYS = [datetime(2026, 11, 15, 16, 0, tzinfo=UTC) + week * WEEK for week in range(6)]
BETWEEN = SUNDAYS[2] + 2 * DAY  # Tuesday 1 December
MADRID = {"timezone": "Europe/Madrid"}


def series(title="Series", starts=SUNDAYS, lasts=HOUR, **fields):
    of = fields.pop("of", None) or cast.activity(title, **fields.pop("activity", {}))
    return cast.session(of, meetings=[(at, at + lasts, "") for at in starts], **MADRID | fields)


def card(asked="", **how):
    (only,) = cards_of(question(asked, **how), 0, 10)
    return only


def test_it_runs_while_it_meets_and_is_under_way_between():
    session = series()
    states = {
        "before": (SUNDAYS[0] - HOUR, "open"),
        "first": (SUNDAYS[0], "running"),
        "between": (SUNDAYS[0] + HOUR, "underway"),
        "last": (SUNDAYS[5] + HOUR / 2, "running"),
        "over": (SUNDAYS[5] + HOUR, "past"),
    }
    for name, (now, code) in states.items():
        assert state_of(session, now).code == code, name
        if code != "past":
            assert card(now=now).state == code, name
    assert card(now=BETWEEN).state_name == "Under way"
    session.late_registration = True
    session.save()
    assert state_of(session, BETWEEN).code == card(now=BETWEEN).state == "open"


def test_a_list_tells_and_sorts_by_the_next_meeting():
    series("Series")
    cast.session(cast.activity("Earlier"), starts_at=BETWEEN + DAY)
    cast.session(cast.activity("Later"), starts_at=SUNDAYS[3] + DAY)
    cast.session(cast.activity("Now"), starts_at=BETWEEN - HOUR, lasts=2 * HOUR)
    cast.session(
        cast.activity("Course"), starts_at=BETWEEN - DAY, ends_at=SUNDAYS[3] + 2 * DAY, self_paced=True
    )
    assert titles(now=BETWEEN) == ["Now", "Earlier", "Series", "Later", "Course"]
    (listed,) = [
        listed_card for listed_card in cards_of(question(now=BETWEEN), 0, 10) if listed_card.title == "Series"
    ]
    assert (listed.starts_at, listed.ends_at, listed.later) == (SUNDAYS[3], SUNDAYS[3] + HOUR, True)
    assert listed.dates == "6 weeks, Sundays, 15 November to 20 December 2026"
    # Words bring those of one weight in the order of their dates.
    assert titles("q=series", now=BETWEEN) == ["Series"]


def test_of_one_activity_the_session_that_meets_next_stands_for_it():
    first = series()
    second = cast.session(first.activity, starts_at=BETWEEN + DAY, **MADRID)
    assert card(now=BETWEEN).starts_at == second.starts_at
    assert card(now=SUNDAYS[2]).starts_at == SUNDAYS[2]
    assert card(now=second.ends_at).starts_at == SUNDAYS[3]


# Sundays from 15 November to 20 December, asked on Tuesday 1 December.
ASKED = {
    "from=2026-12-02": 1,
    "from=2026-12-20": 1,
    "from=2026-12-21": 0,
    "until=2026-12-06": 1,
    "until=2026-12-05": 0,  # the next is on the sixth
    "until=2026-11-20": 0,
    "from=2026-12-02&until=2026-12-06": 1,
}


@pytest.mark.parametrize(("asked", "expected"), ASKED.items())
def test_days_asked_for_are_those_of_meetings_to_come(asked, expected):
    series()
    assert len(titles(asked, now=BETWEEN)) == counts(asked, now=BETWEEN).total == expected


def test_the_page_tells_the_days_and_the_feed_the_next_meeting(client, time_machine):
    session = series()
    time_machine.move_to(BETWEEN, tick=False)
    page = client.get(session.activity.get_absolute_url()).text
    assert "6 weeks, Sundays, 15 November to 20 December 2026" in page
    assert "Under way" in page
    assert "Running now" not in page
    assert "Next meeting: Sunday 6 December 2026, 17:00–18:00 Madrid time." in client.get(
        "/activities/feed.atom"
    ).text.replace("&amp;", "&")
    listed = client.get("/activities/").text
    assert "Next meeting:" in listed
    assert "December 2026" in listed.partition('class="timetable-month"')[2][:100]


# In days of December 2026 (32 is 1 January) at 10:00 in Madrid, as each language tells them.
DATES = {
    "8 15": {
        "en": "2 weeks, Tuesdays, 8 to 15 December 2026",
        "fr": "2 semaines, le mardi, du 8 au 15 décembre 2026",
        "es": "2 semanas, los martes, del 8 al 15 de diciembre de 2026",
        "ar": "أسبوعان، أيام الثلاثاء، من 8 إلى 15 ديسمبر 2026",
    },
    "1 2 3 4": {
        "en": "4 days, 1 to 4 December 2026",
        "fr": "4 jours, du 1er au 4 décembre 2026",
        "es": "4 días, del 1 al 4 de diciembre de 2026",
        "ar": "4 أيام، من 1 إلى 4 ديسمبر 2026",
    },
    "29 31 34": {"en": "3 meetings, 29 December 2026 to 3 January 2027"},
    "-3 4 11 18": {"en": "4 weeks, Fridays, 27 November to 18 December 2026"},
    "7 7": {"en": "2 meetings, 7 December 2026"},
    "7": {"en": ""},
}


@pytest.mark.parametrize(("days", "worded"), DATES.items())
def test_the_days_of_a_series_in_words(days, worded):
    first = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Madrid"))
    hours, seen = [], set()
    for day in days.split():
        at = first + (int(day) - 1) * DAY + (2 * HOUR if day in seen else 0 * HOUR)
        seen.add(day)
        hours.append((at.astimezone(UTC), at.astimezone(UTC) + HOUR))
    for language, expected in worded.items():
        with translation.override(language):
            assert dates(hours, "Europe/Madrid") == expected, language


def test_a_window_is_told_in_days_and_ends_with_the_last_it_holds():
    start, end = (datetime(2027, month, 1, tzinfo=ZoneInfo("Asia/Seoul")) for month in (3, 7))
    assert window(start, end, "Asia/Seoul") == "At your own pace, 1 March to 30 June 2027"


def test_in_a_room_only_its_clock_is_told(client, time_machine):
    time_machine.move_to(SUNDAYS[0] - WEEK, tick=False)
    activity = {"format": "in_person_program"}
    room = series("Room", [SUNDAYS[0], SUNDAYS[0] + DAY], activity=activity, joining_link="", venue="Hall 2")
    both = series("Both", [SUNDAYS[0], SUNDAYS[0] + DAY], activity=activity)
    client.force_login(cast.person(timezone="America/Mexico_City"))
    register = f"/sessions/{room.pk}/registration/"
    for page in (room.activity.get_absolute_url(), register):
        text = client.get(page).text
        schedule, _end, rest = text.partition('class="schedule"')[2].partition("</ol>")
        assert "your time" not in schedule
        assert "17:00–18:00" in schedule
        assert "your time" in rest or page == register  # a deadline is met from anywhere
    assert "your time" in client.get(both.activity.get_absolute_url()).text.partition("</ol>")[0]
    listed = client.get("/activities/?q=room").text
    assert "your time" not in listed.partition('class="activity-card')[2]
    client.logout()
    assert "data-clock" not in client.get("/activities/?q=room").text.partition('class="activity-card')[2]
