"""The calendar of all hosts: which day a meeting stands on, what clashes, and what filters leave."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from catalog.models import Activity, Session
from hubs.models import Host
from planning.entries import Calendar, Entry, Wanted
from planning.weeks import NoSuchPeriod, period_asked
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def readers_clock() -> Any:
    with timezone.override(ZoneInfo("Europe/Madrid")):
        yield


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def calendar(asked: str = "month=2026-12", person: User | None = None, **wanted: str) -> Calendar:
    return Calendar(
        period=period_asked(QueryDict(asked), NOW.date()),
        person=person or cast.secretary(),
        now=NOW,
        wanted=Wanted(**wanted),
        may_move=lambda session: not session.is_cancelled,
        hosts=list(Host.objects.all()),
    )


def days_of(shown: Calendar) -> dict[int, list[str]]:
    return {day.day: [one.title for one in entries] for day, entries in sorted(shown.by_day.items())}


def entries(shown: Calendar) -> list[Entry]:
    return [one for _day, found in sorted(shown.by_day.items()) for one in found]


def session(title: str, starts_at: datetime, *, host: str = "seoul", **fields: Any) -> Session:
    of_activity = {name: fields.pop(name) for name in ("topics", "audiences", "published") if name in fields}
    return cast.session(
        cast.not_listed_yet(title, host=cast.host(host), **of_activity), starts_at=starts_at, **fields
    )


# Days


@pytest.mark.parametrize(
    ("zone", "day", "hours", "beside"),
    [
        ("Pacific/Kiritimati", 11, "01:00–02:30", "Thursday 12:00–13:30 in Barcelona"),
        ("Pacific/Pago_Pago", 10, "00:00–01:30", "12:00–13:30 in Barcelona"),
        ("Europe/Madrid", 10, "12:00–13:30", ""),
    ],
)
def test_a_meeting_stands_on_the_readers_day_with_the_hosts_hours_beside(
    zone: str, day: int, hours: str, beside: str
) -> None:
    """On both sides of the date line."""
    session("Water", at(10, 11), host="secretariat-general")
    with timezone.override(ZoneInfo(zone)):
        shown = calendar()
        assert days_of(shown) == {day: ["Water"]}
        [entry] = entries(shown)
        assert (entry.hours, entry.beside, entry.host_day) == (hours, beside, "2026-12-10")


def test_what_crosses_midnight_stands_on_both_days_and_says_so() -> None:
    session("Night", at(10, 22), lasts=2 * HOUR)
    session("Until midnight", at(15, 22), lasts=HOUR)
    shown = calendar()
    assert days_of(shown) == {10: ["Night"], 11: ["Night"], 15: ["Until midnight"]}
    assert [one.goes_on for one in entries(shown)] == ["until Friday", "since Thursday", ""]


def test_each_meeting_of_a_series_stands_on_its_day() -> None:
    starts = [at(7, 10), at(14, 10), datetime(2027, 1, 11, 10, tzinfo=UTC)]
    session("Course", starts[0], meetings=[(start, start + HOUR, "") for start in starts])
    shown = calendar()
    assert [(one.day, one.part) for one in entries(shown)] == [
        (date(2026, 12, 7), "meeting 1 of 3"),
        (date(2026, 12, 14), "meeting 2 of 3"),
    ]
    assert days_of(calendar("week=2026-W51")) == {14: ["Course"]}
    assert days_of(calendar("month=2027-01")) == {11: ["Course"]}


def test_what_is_at_ones_own_pace_stands_above() -> None:
    session("Pace", at(1, 0), ends_at=at(20, 0), self_paced=True)
    shown = calendar()
    assert days_of(shown) == {}
    assert [one.window for one in shown.own_pace] == ["1 to 20 December 2026"]
    assert calendar("week=2026-W53").own_pace == []


def test_a_month_is_whole_weeks_and_an_address_names_one_that_is() -> None:
    december = period_asked(QueryDict("month=2026-12"), NOW.date())
    assert (december.weeks[0][0], december.weeks[-1][-1]) == (date(2026, 11, 30), date(2027, 1, 3))
    assert december.later
    assert december.later.asked == "month=2027-01"
    last_week = period_asked(QueryDict("week=2026-W53"), NOW.date())
    assert last_week.later
    assert last_week.later.asked == "week=2027-W01"
    assert period_asked(QueryDict(), date(2026, 12, 1)).asked == "month=2026-12"
    for wrong in (
        "month=2026-13",
        "month=2026-1",
        "week=2027-W53",
        "week=2026-50",
        "month=0000-01",
        "month=9999-12",
    ):
        with pytest.raises(NoSuchPeriod):
            period_asked(QueryDict(wrong), NOW.date())
    assert period_asked(QueryDict("month=2199-12"), NOW.date()).later is None


# What speaks against a day


def test_holidays_and_weekends_are_those_where_the_host_is() -> None:
    session("Feast", at(8, 10), host="secretariat-general")  # Immaculate Conception in Spain
    session("Rest", at(11, 10), host="cairo")  # a Friday
    session("Night before", at(10, 23), host="cairo")  # on the clock of Cairo it is Friday
    session("Work", at(11, 12), host="seoul")
    shown = calendar()
    assert {one.title: one.against for one in entries(shown)} == {
        "Feast": ["holiday in Spain: Immaculate Conception"],
        "Rest": ["weekend in Egypt"],
        "Night before": ["weekend in Egypt"],
        "Work": [],
    }
    days = {day.date.day: day.holidays for _monday, week in shown.weeks[:2] for day in week if day.holidays}
    assert days == {8: ["Immaculate Conception (Spain)"]}
    resting = [countries for _day, countries in shown.weekdays]
    assert resting == ["", "", "", "", "Egypt", "Egypt, South Korea and Spain", "South Korea and Spain"]
    assert calendar(host="cairo").weeks[1][1][1].holidays == []


def test_two_hosts_at_one_time_for_the_same_people_about_one_topic_clash() -> None:
    water, mobility = cast.topic("Water"), cast.topic("Mobility")
    first = session(
        "A", at(10, 10), lasts=14 * HOUR, topics=[water, mobility], audiences=["technical"]
    )  # until after midnight, so on two days
    session("B", at(10, 11), host="cairo", topics=[water])  # for all, so for technical officials too
    shown = calendar()
    assert {one.title: one.clash_words for one in entries(shown)} == {
        "A": ["“B”, MITI Regional Center Cairo, 12:00–13:30: also about Water"],
        "B": ["“A”, MITI Seoul, 11:00–01:00: also about Water"],
    }
    assert shown.clash_count == 2
    filtered = calendar(host="seoul")
    assert [(one.title, len(one.clashes)) for one in entries(filtered)] == [("A", 1), ("A", 1)]
    first.cancelled_at = NOW
    first.save(update_fields=["cancelled_at"])
    assert calendar().clash_count == 0


def test_what_does_not_clash() -> None:
    """Another topic, other people, the same host, a draft, the hour after, another day of the series."""
    water = cast.topic("Water")
    session("A", at(10, 10), topics=[water], audiences=["technical"])
    session("Other topic", at(10, 10), host="cairo", topics=[cast.topic("Mobility")])
    session("Other people", at(10, 10), host="cairo", topics=[water], audiences=["elected"])
    session("Same host", at(10, 10), topics=[water], audiences=["technical"])
    session("Draft", at(10, 10), host="cairo", topics=[water], published=False)
    session("After", at(10, 11, 30), host="mashhad", topics=[water])
    series = [(at(day, 10), at(day, 11), "") for day in (9, 11)]
    session("Series", at(9, 10), host="mexico-city", topics=[water], meetings=series)
    shown = calendar()
    assert len(entries(shown)) == 8
    assert [one.title for one in entries(shown) if one.clashes] == []


# Who sees what


def test_a_coordinator_sees_own_hosts_in_full_and_of_others_what_is_public() -> None:
    for host in ("seoul", "cairo"):
        session(f"{host} public", at(10, 10), host=host)
        session(f"{host} draft", at(11, 10), host=host, published=False)
        session(f"{host} cancelled", at(12, 10), host=host, cancelled_at=NOW)
    shown = {one.title: one for one in entries(calendar(person=cast.coordinator(cast.host("seoul"))))}
    assert sorted(shown) == [
        "cairo cancelled",
        "cairo public",
        "seoul cancelled",
        "seoul draft",
        "seoul public",
    ]
    assert [title for title, one in sorted(shown.items()) if one.may_move] == ["seoul draft", "seoul public"]
    assert [title for title, one in sorted(shown.items()) if one.address.startswith("/admin/")] == [
        "seoul cancelled",
        "seoul draft",
        "seoul public",
    ]
    assert shown["seoul draft"].unseen == "draft"
    everything = [one.title for one in entries(calendar())]
    assert "cairo draft" in everything


def test_filters_leave_what_fits_all_of_them() -> None:
    session("A", at(10, 10), topics=[cast.topic("Water")])
    session("B", at(10, 12), host="cairo", topics=[cast.topic("Mobility")])
    course = session("C", at(10, 14), host="cairo", topics=[cast.topic("Water")])
    Activity.objects.filter(pk=course.activity_id).update(format=Activity.Format.ONLINE_COURSE)
    assert days_of(calendar(host="cairo")) == {10: ["B", "C"]}
    assert days_of(calendar(topic="water")) == {10: ["A", "C"]}
    assert days_of(calendar(host="cairo", topic="water", format="online_course")) == {10: ["C"]}
    assert days_of(calendar(host="seoul", format="online_course")) == {}
