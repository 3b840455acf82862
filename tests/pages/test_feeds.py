from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache
from icalendar import Calendar

from catalog.actions import set_meetings
from registrations.actions import cancel_session, reschedule
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
    listed = events(client.get("/activities/feed.ics?format=webinar"))
    assert [event["UID"].split("@")[0] for event in listed] == [
        f"session-{first.uid}",
        f"session-{second.uid}",
    ]
    assert [event["DTSTART"].dt for event in listed] == [first.starts_at, second.starts_at]


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
    listed = entries(client.get("/activities/feed.atom"))
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in listed] == ["Sooner", "Later"]
    sooner = listed[0]
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
    monkeypatch.setattr("pages.feeds.MOST_ENTRIES", 2)
    for number in range(4):
        cast.session(cast.activity(f"Number {number}"))
    with django_assert_max_num_queries(4):
        response = client.get(f"/activities/{feed}")
    assert len(events(response) if feed == "feed.ics" else entries(response)) == 2
    assert not response.cookies
    assert response["ETag"]


def updated(client) -> str:
    cache.clear()  # what is kept goes at a commit, which tests have none of
    (entry,) = entries(client.get("/activities/feed.atom"))
    return entry.findtext("a:updated", namespaces=ATOM)


@pytest.mark.parametrize(
    ("change", "is_news"),
    [
        ({"starts_at": NOW + timedelta(days=30)}, True),
        ({"venue": "City Hall, Room 2"}, True),
        ({"joining_link": "https://meet.example/another"}, False),
        (None, True),  # it is cancelled
    ],
)
def test_an_activity_looks_new_when_it_takes_place_elsewhere_at_another_time_or_not(client, change, is_news):
    """RFC 4287, 4.2.15: `updated` tells of what we find significant."""
    session = cast.session(cast.activity(published_at=NOW - timedelta(days=9)))
    assert updated(client) == "2027-02-20T12:00:00+00:00"
    later, by = NOW + timedelta(hours=1), cast.secretary()
    if change:
        reschedule(session=session, by=by, now=later, **change)
    else:
        cancel_session(session=session, by=by, reason="Rain", now=later)
    assert updated(client) == ("2027-03-01T13:00:00+00:00" if is_news else "2027-02-20T12:00:00+00:00")


def test_a_meeting_more_is_news_too(client):
    session = cast.session(cast.activity(published_at=NOW - timedelta(days=9)))
    start, end = session.starts_at, session.ends_at
    day = timedelta(days=1)
    set_meetings(
        session=session, meetings=[(start, end, ""), (start + day, end + day, "")], by=None, now=NOW + day
    )
    assert updated(client) == "2027-03-02T12:00:00+00:00"


def test_texts_in_the_feed_are_plain_and_say_so(client):
    """Declared as HTML, “Care & <repair>” loses a word in a reader."""
    cast.session(cast.activity("Care & <repair>", summary="Less than <2 °C> & more."))
    (entry,) = entries(client.get("/activities/feed.atom"))
    summary = entry.find("a:summary", ATOM)
    assert summary.get("type") == "text"
    assert summary.text.endswith("Less than <2 °C> & more.")
    assert entry.find("a:title", ATOM).get("type") is None  # plain, by RFC 4287, 3.1.1
    assert entry.findtext("a:title", namespaces=ATOM) == "Care & <repair>"
