"""The page of one activity as visitors, readers and staff get it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from catalog.models import Session
from tests import cast

from .reading import address_of, full_activity, text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_an_activity_says_all_that_is_to_know(client):
    activity = full_activity()
    cast.session(
        activity,
        meetings=[
            (datetime(2027, 3, 10, 15, tzinfo=UTC), datetime(2027, 3, 10, 17, tzinfo=UTC), "First evening"),
            (datetime(2027, 3, 17, 15, tzinfo=UTC), datetime(2027, 3, 17, 17, tzinfo=UTC), "Second evening"),
        ],
        registration_closes_at=datetime(2027, 3, 9, 18, tzinfo=UTC),
        eligibility="members_only",
    )
    shown = text_of(client.get(address_of(activity)))
    for fact in [
        "Care within walking distance",
        "What you learn .",
        "Technical officials",
        "Spanish",
        "English and French",
        "Alliance of Neighborhoods",
        "Mobility",
        "Yolima Quintín",
        "To have taken part Present at 1 of 2 meetings or more",
        "First evening",
        "Second evening",
        "Wednesday 10 March 2027, 09:00–11:00 Mexico City time",
        "20 of 20 places left",
        "People of member organizations",
        "Tuesday 9 March 2027, 12:00 Mexico City time",
        "Reading list",
    ]:
        assert fact in shown, fact
    told = shown.replace("Check a certificate", "")  # at the foot of each page
    assert "ertificate" not in told  # what staff say of one in words is promised to nobody


def test_materials_for_participants_are_named_but_not_linked(client):
    page = client.get(address_of(full_activity())).content.decode()
    assert "https://library.example/list" in page
    assert "Slides" in page
    assert "https://library.example/slides" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Open for registration"),
        ({"places": 3}, "3 places left"),
        ({"places_taken": 20, "waiting_count": 4}, "All 20 places are taken, 4 people are waiting"),
        ({"registration_opens_at": NOW + timedelta(days=1)}, "Registration not yet open"),
        ({"registration_closes_at": NOW - timedelta(days=1)}, "Registration closed"),
        ({"cancelled_at": NOW, "cancellation_reason": "The speaker is ill."}, "The speaker is ill."),
        ({"starts_at": NOW - timedelta(minutes=5)}, "Running now"),
        ({"starts_at": NOW - timedelta(days=5)}, "Earlier sessions"),
        ({"places": None}, "Places are not limited"),
        ({"eligibility": "invited"}, "People whom the host has invited"),
    ],
)
def test_a_session_says_where_it_stands(client, fields, sentence):
    activity = cast.activity()
    cast.session(activity, **fields)
    assert sentence in text_of(client.get(address_of(activity)))


def test_related_activities_share_a_topic_and_are_still_to_come(client):
    water, housing = cast.topic("Water"), cast.topic("Housing")
    activity = cast.activity("This one", topics=[water])
    cast.session(activity)
    cast.session(cast.activity("Another on water", topics=[water]))
    cast.session(cast.activity("On housing", topics=[housing]))
    cast.activity("Water long ago", topics=[water], held_on="2019-05-02")
    shown = text_of(client.get(address_of(activity)))
    assert "Another on water" in shown
    assert "On housing" not in shown
    assert "Water long ago" not in shown


def test_history_says_what_is_known_of_its_date(client):
    activity = cast.activity("Long ago", held_note="About 2021", host=None, offered_by="A partner")
    shown = text_of(client.get(address_of(activity)))
    assert "About 2021" in shown
    assert "A partner" in shown


@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
def test_an_activity_page_is_the_same_for_every_visitor_and_sets_no_cookie(client, prefix):
    activity = full_activity()
    cast.session(activity)
    first = client.get(address_of(activity, prefix))
    cache.clear()
    second = client.get(address_of(activity, prefix), headers={"Accept-Language": "es"})
    assert first.content == second.content
    assert not first.cookies
    assert "csrf" not in first.content.decode()


# Not published


def test_what_is_not_published_is_not_there_for_strangers_and_a_preview_for_its_staff(client):
    activity = cast.activity("Draft", host=cast.host("seoul"), published=False)
    cast.session(activity)
    url = address_of(activity)
    assert client.get(url).status_code == 404
    assert client.get(f"{url}cover.svg").status_code == 404
    for person, status in [
        (cast.person(), 404),
        (cast.coordinator(cast.host("cairo"), is_superuser=False), 404),
        (cast.secretary(), 200),
    ]:
        client.force_login(person)
        response = client.get(url)
        assert response.status_code == status
    assert "This activity is not published yet. Only staff see this page" in text_of(response)
    assert "application/ld+json" not in response.content.decode()
    assert "Cookie" in response["Vary"]


def test_a_cover_is_a_picture_that_may_be_cached_for_long(client):
    activity = cast.activity("Water")
    response = client.get(f"{address_of(activity)}cover.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "max-age=604800, public"
    assert response.content.startswith(b"<svg")
    assert not response.cookies


@pytest.mark.parametrize("how_many", [1, 3])
def test_an_activity_costs_ten_queries_with_one_session_or_three(client, django_assert_num_queries, how_many):
    activity = full_activity()
    for number in range(how_many):
        cast.session(activity, starts_in=timedelta(days=number + 1))
        cast.speaker(activity, f"Speaker {number}")
        cast.session(cast.activity(f"Related {number}"))
    assert Session.objects.filter(activity=activity).count() == how_many
    # activity, topics, sessions, meetings, speakers, materials, related, who signs, supporters, answered questions
    with django_assert_num_queries(10):
        client.get(address_of(activity))
