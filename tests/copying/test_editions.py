"""“Earlier editions”, and that something is held again, on the public page of an activity."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from catalog.actions import publish, withdraw
from catalog.models import Activity, Session
from copying.actions import copy_activity
from copying.editions import earlier_editions, newest_edition
from copying.moving import YEAR
from page_cache.edition import announce
from tests import cast
from tests.kept import forget_pages

from .held_before import at

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day_is_known() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def edition(title: str, start: str, earlier: Activity | None = None, **fields: Any) -> Activity:
    made = cast.activity(title, slug=f"water-{start[:4]}", host=cast.host("cairo"), earlier=earlier, **fields)
    cast.session(made, starts_at=at(start))
    return made


@pytest.fixture
def chain() -> list[Activity]:
    first = edition("Water, the first time", "2024-12-31 23:30")  # the last hours of the year in Cairo
    second = edition("Water again", "2026-02-10 10:00", first)
    third = edition("Water next year", "2027-02-09 10:00", second)
    return [first, second, third]


def read(activity: Activity) -> str:
    """As it is made anew."""
    forget_pages()
    return Client().get(activity.get_absolute_url()).content.decode()


def links(activity: Activity) -> list[str]:
    """Which of the others its page leads to, in its order."""
    page = read(activity)
    others = Activity.objects.exclude(pk=activity.pk)
    found = {page.find(f'href="{other.get_absolute_url()}"'): other.title for other in others}
    return [found[place] for place in sorted(found) if place >= 0]


def test_the_page_lists_the_earlier_editions_with_their_years(chain: list[Activity]) -> None:
    page = read(chain[2])
    assert links(chain[2]) == ["Water again", "Water, the first time"]
    assert (
        page.index("Earlier editions")
        < page.index("Water again")
        < page.index(">2026<")
        < page.index(">2024<")
    )
    assert "held again" not in page


def test_what_was_held_again_says_so_and_leads_to_the_newest(chain: list[Activity]) -> None:
    assert "This is held again in 2027:" in read(chain[0])
    assert links(chain[0]) == ["Water next year"]
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False):
        assert "This was held again in 2027:" in read(chain[1])
    assert links(chain[1]) == ["Water next year", "Water, the first time"]


def test_what_the_public_does_not_see_is_not_named_and_the_chain_goes_on_behind_it(
    chain: list[Activity],
) -> None:
    withdraw(activity=chain[1], by=None)
    assert links(chain[2]) == ["Water, the first time"]
    assert links(chain[0]) == ["Water next year"]
    withdraw(activity=chain[2], by=None)
    assert newest_edition(chain[0], now=NOW) is None
    assert "held again" not in read(chain[0])


def test_what_was_called_off_altogether_was_not_held(chain: list[Activity]) -> None:
    for activity in chain[1:]:
        Session.objects.filter(activity=activity).update(cancelled_at=NOW)
    assert [shown.activity for shown in earlier_editions(chain[2], now=NOW)] == [chain[0]]
    assert newest_edition(chain[0], now=NOW) is None


def test_history_is_an_edition_too() -> None:
    known = cast.activity("Long ago", host=cast.host("cairo"), held_on="2009-05-04")
    unknown = cast.activity("Who knows when", host=cast.host("cairo"), held_note="No date", earlier=known)
    last = edition("Now", "2027-02-09 10:00", unknown)
    assert [(shown.activity, shown.year) for shown in earlier_editions(last, now=NOW)] == [
        (known, 2009),
        (unknown, None),
    ]


def test_what_is_published_is_seen_on_the_pages_of_its_editions(
    django_capture_on_commit_callbacks: Any,
) -> None:
    first = edition("Water", "2026-02-10 10:00", languages=["en"])
    sessions = first.sessions.values_list("pk", flat=True)
    draft = copy_activity(activity=first, sessions=sessions, span=YEAR, by=None)
    assert links(first) == []
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as after_the_commit:
        publish(activity=draft, by=None)
    assert announce in after_the_commit
    assert links(first) == ["Water"]
    assert links(draft) == ["Water"]


def test_rows_that_lead_in_a_circle_end_nowhere_worse() -> None:
    """No action writes them so."""
    one = edition("One", "2026-02-10 10:00")
    other = edition("Other", "2027-02-09 10:00", one)
    Activity.objects.filter(pk=one.pk).update(earlier=other)
    assert links(one) == ["Other"]


ALONE = 9
ONE_FOR_EARLIER, ONE_FOR_NEWER = 1, 1


def test_the_page_asks_no_more_where_there_is_no_chain_and_little_where_there_is(
    chain: list[Activity], django_assert_num_queries: Any
) -> None:
    alone = edition("Once only", "2028-02-10 10:00")
    topics = list(alone.topics.all())
    read(alone)  # what is asked once in a process
    with django_assert_num_queries(ALONE):
        read(alone)
    for activity, more in (
        (chain[0], ONE_FOR_NEWER),
        (chain[1], ONE_FOR_EARLIER + ONE_FOR_NEWER),
        (chain[2], ONE_FOR_EARLIER),
    ):
        activity.topics.set(topics)
        with django_assert_num_queries(ALONE + more):
            read(activity)
    longer = chain[2]
    for year in range(2030, 2034):
        longer = edition("And again", f"{year}-02-09 10:00", longer)
    with django_assert_num_queries(ALONE + ONE_FOR_EARLIER):
        read(longer)
    assert len(earlier_editions(longer, now=NOW)) == 6
