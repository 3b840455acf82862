from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from icalendar import Calendar

from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def events(response) -> list:
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def entries(response) -> list:
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


def test_the_calendar_holds_every_session_that_answers(client):
    water = cast.activity("Water", format="webinar")
    first, second = cast.session(water), cast.session(water, starts_in=timedelta(days=20))
    cast.session(cast.activity("Housing", format="online_course"))
    found = events(client.get("/activities/feed.ics?format=webinar"))
    assert [event["UID"].split("@")[0] for event in found] == [
        f"session-{first.uid}",
        f"session-{second.uid}",
    ]
    assert [event["DTSTART"].dt for event in found] == [first.starts_at, second.starts_at]


def test_what_is_over_is_in_the_calendar_only_when_asked_for(client):
    over = cast.session(cast.activity("Over"), starts_at=NOW - timedelta(days=3))
    assert events(client.get("/activities/feed.ics")) == []
    assert [event["UID"].split("@")[0] for event in events(client.get("/activities/feed.ics?when=past"))] == [
        f"session-{over.uid}"
    ]


def test_a_session_called_off_says_so_in_the_calendar(client):
    cast.session(cancelled_at=NOW)
    assert [event["STATUS"] for event in events(client.get("/activities/feed.ics"))] == ["CANCELLED"]


def test_the_joining_link_is_in_no_public_feed(client):
    cast.session(joining_link="https://meet.example/secret")
    for feed in ("ics", "atom"):
        assert b"meet.example" not in client.get(f"/activities/feed.{feed}").content


def test_the_feed_holds_the_answers_in_their_order_with_when_and_where(client):
    cast.session(cast.activity("Later"), starts_in=timedelta(days=20))
    cast.session(cast.activity("Sooner", published_at=NOW), starts_at=datetime(2027, 3, 2, 7, tzinfo=UTC))
    found = entries(client.get("/activities/feed.atom"))
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in found] == ["Sooner", "Later"]
    sooner = found[0]
    assert sooner.findtext("a:summary", namespaces=ATOM) == (
        "Tuesday 2 March 2027, 16:00–17:30 Seoul time. What works, told by those who run it."
    )
    assert sooner.findtext("a:updated", namespaces=ATOM) == "2027-03-01T12:00:00+00:00"
    assert sooner.findtext("a:id", namespaces=ATOM).startswith("http://localhost:8000/activities/sooner")


def test_the_feed_asks_the_same_question_in_the_same_language(client):
    cast.session(cast.activity("Water", title_fr="L’eau"))
    cast.session(cast.activity("Housing", title_fr="Le logement"))
    response = client.get("/fr/activities/feed.atom?q=eau&page=7&nonsense=1")
    (entry,) = entries(response)
    assert entry.findtext("a:title", namespaces=ATOM) == "L’eau"
    feed = ElementTree.fromstring(response.content)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fr"
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {
        "alternate": "http://localhost:8000/fr/activities/?q=eau",
        "self": "http://localhost:8000/fr/activities/feed.atom?q=eau",
    }


@pytest.mark.parametrize(
    "asked", ["topic=alchemy", "format=opera&language=en", "host=nowhere", "from=tomorrow"]
)
def test_a_feed_asked_for_what_is_not_known_brings_nothing(client, asked):
    """A page says what it left out; a calendar program would be filled with everything, and nobody told."""
    cast.session(cast.activity("Water"))
    assert entries(client.get("/activities/feed.atom")) != []
    assert entries(client.get(f"/activities/feed.atom?{asked}")) == []
    assert b"BEGIN:VEVENT" not in client.get(f"/activities/feed.ics?{asked}").content


def test_history_is_in_the_feed_when_asked_for(client):
    cast.activity("Long ago", held_on="2019-05-02", summary="")
    (entry,) = entries(client.get("/activities/feed.atom?when=past"))
    assert entry.findtext("a:summary", namespaces=ATOM) == "2 May 2019."


@pytest.mark.parametrize("feed", ["feed.ics", "feed.atom"])
def test_feeds_are_public_kept_and_capped(client, feed, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("catalog.feeds.MOST_ENTRIES", 2)
    for number in range(4):
        cast.session(cast.activity(f"Number {number}"))
    with django_assert_max_num_queries(4):
        response = client.get(f"/activities/{feed}")
    assert len(events(response) if feed == "feed.ics" else entries(response)) == 2
    assert not response.cookies
    assert response["ETag"]
