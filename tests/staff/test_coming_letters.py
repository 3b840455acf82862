"""Letters to come: what the rules will write when their moment comes, told before; then the clock shows that it was true."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from catalog.models import Material
from outbox.coming import coming
from outbox.models import Letter
from outbox.quiet_hours import asleep
from registrations import materials, reminders
from registrations.actions import cancel
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LONG_BEFORE = NOW - 30 * DAY
ZONES = ("Asia/Seoul", "Africa/Cairo", "America/Mexico_City", "Europe/Madrid", "Pacific/Auckland")


def told(person=None, *, days: int = 7) -> list[tuple[datetime, str, str, int]]:
    found = coming(person or cast.secretary(), NOW, NOW + days * DAY)
    return [(one.at, one.kind, one.about, one.count) for one in found]


def with_people(starts_at: datetime, title: str, **fields):
    session = cast.session(cast.activity(title), starts_at=starts_at, **fields)
    for number, zone in enumerate(ZONES):
        person = cast.person(f"Reader {number}", timezone=zone, quiet_hours=number != 1)
        cast.register(session, person, now=LONG_BEFORE)
    return session


def written_in_the_next(days: int) -> Counter:
    """As the worker does, here each hour: every moment of these sessions is a full one."""
    moment = NOW
    while moment <= NOW + days * DAY:
        reminders.remind(now=moment)
        materials.write_due(now=moment)
        moment += HOUR
    letters = Letter.objects.filter(written_at__gte=NOW, kind__in=["reminder", "joining_link", "materials"])
    return Counter((letter.written_at, letter.kind) for letter in letters)


def test_what_is_told_is_what_is_written():
    """Readers in five zones, who sleep at different hours; leads of a week, a day, an hour; a series; materials after it."""
    with_people(NOW + 2 * DAY, "Buses at night", joining_link="https://meet.example/a")
    start = NOW + 2 * DAY + 3 * HOUR
    series = [(start + n * DAY, start + n * DAY + HOUR, f"Day {n}") for n in range(3)]
    with_people(start, "Three days", meetings=series, joining_link="")
    ended = with_people(NOW + 3 * HOUR, "Soon over", joining_link="https://meet.example/b", lasts=HOUR)
    Material.objects.create(
        activity=ended.activity, title="Slides", link="https://example.org/slides", shown_to="participants"
    )
    expected = Counter()
    for at, kind, _about, count in told(days=3):
        expected[at, kind] += count
    assert {kind for _at, kind in expected} == {"reminder", "joining_link", "materials"}
    assert sum(expected.values()) > 25
    assert written_in_the_next(3) == expected


def test_each_line_says_of_what_and_how_many():
    session = cast.session(cast.activity("Buses"), starts_at=NOW + 3 * DAY, joining_link="")
    for number in range(3):
        cast.register(session, cast.person(f"Reader {number}"), now=LONG_BEFORE)
    leaves = cast.register(session, cast.person("Leaves"), now=LONG_BEFORE)
    # That of a week is due at once: its moment has come.
    moments = [NOW, NOW + 2 * DAY, NOW + 3 * DAY - HOUR]
    assert told() == [(at, "reminder", "Buses", 4) for at in moments]
    cancel(registration=leaves, by=leaves.person, now=NOW - DAY)
    assert told() == [(at, "reminder", "Buses", 3) for at in moments]


def test_a_cancelled_session_and_one_of_another_host_bring_nothing():
    cairo, seoul = cast.host("cairo"), cast.host("seoul")
    session = cast.session(cast.activity("Of Cairo", host=cairo), starts_at=NOW + 2 * DAY)
    cast.register(session, now=LONG_BEFORE)
    assert {about for _at, _kind, about, _count in told(cast.coordinator(cairo))} == {"Of Cairo"}
    assert told(cast.coordinator(seoul)) == []
    session.cancelled_at = NOW - DAY
    session.save()
    assert told() == []


def test_letters_that_wait_for_the_morning_are_told_too():
    night = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
    person = cast.person("Minji Han", timezone="Asia/Seoul", quiet_hours=True)
    Letter.objects.create(
        key="k",
        kind="certificate_issued",
        person=person,
        to=person.email,
        language="en",
        message_id="m",
        written_at=NOW,
        next_try_at=night,
        subject="s",
        text="t",
        html="h",
    )
    assert told() == [(night, "certificate_issued", "written already", 1)]


def test_the_page_tells_it_by_day_and_costs_the_same_for_many_sessions(django_assert_num_queries):
    person = cast.secretary()
    desk = Client()
    with time_machine.travel(NOW, tick=False):
        desk.force_login(person)
        assert "No letter is to come" in desk.get("/admin/outbox/letter/coming/").text
        with_people(NOW + 2 * DAY, "Buses at night")
        page = desk.get("/admin/outbox/letter/coming/").text
        assert "Buses at night" in page
        assert "Thursday 3 December 2026" in page
        assert 'href="/admin/outbox/letter/coming/"' in desk.get("/admin/outbox/letter/").text
        coming(person, NOW, NOW + 7 * DAY)  # what the person may is known from here on
        with django_assert_num_queries(9) as for_one:
            coming(person, NOW, NOW + 7 * DAY)
        for number in range(5):
            with_people(NOW + (number + 2) * DAY, f"Buses {number}")
        with django_assert_num_queries(len(for_one)):
            coming(person, NOW, NOW + 7 * DAY)


def test_who_may_not_see_letters_is_not_told():
    desk = Client()
    desk.force_login(cast.person("An official"))
    assert desk.get("/admin/outbox/letter/coming/").status_code in (302, 403)


def test_only_the_zones_of_its_readers_are_looked_up(monkeypatch):
    """Each moment asks who sleeps then; of all zones that would be some hundred clocks a moment."""
    with_people(NOW + 2 * DAY, "Buses at night")
    monkeypatch.setattr("outbox.quiet_hours.available_timezones", lambda: pytest.fail("all zones"))
    asleep.__globals__["_asleep"].cache_clear()
    assert told()
