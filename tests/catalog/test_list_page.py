"""The list of activities as visitors and readers get it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from catalog.actions import publish, refresh, withdraw
from tests import cast

from .reading import address_of, text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def coming(number: int) -> None:
    for place in range(number):
        cast.session(cast.activity(f"Activity {place:02}"), starts_in=timedelta(days=place + 1))


def test_the_list_is_the_same_for_every_visitor_and_sets_no_cookie(client):
    cast.session()
    first = client.get("/activities/")
    cache.clear()
    second = client.get(
        "/activities/", headers={"Accept-Language": "fr", "User-Agent": "another", "HX-Request": "true"}
    )
    assert first.content == second.content
    assert not first.cookies
    assert not second.cookies
    assert "csrf" not in first.content.decode()
    assert "Set-Cookie" not in first


def test_a_card_says_what_when_where_for_whom_and_in_which_language(client):
    activity = cast.activity(
        "Water in dense cities", languages=["en", "ko"], interpretation=["fr"], audiences=["elected"]
    )
    cast.session(
        activity, starts_at=datetime(2027, 3, 10, 7, tzinfo=UTC), places=20, eligibility="members_only"
    )
    shown = text_of(client.get("/activities/"))
    assert "Water in dense cities" in shown
    assert "Wednesday 10 March 2027, 16:00–17:30 Seoul time" in shown
    assert "English and Korean, with interpretation into French" in shown
    assert "Elected officials · Members only" in shown
    assert "20 places left" in shown


def test_a_page_holds_thirty_and_the_next_one_the_rest(client):
    coming(32)
    first, second = client.get("/activities/"), client.get("/activities/?page=2")
    assert first.content.decode().count("<article") == 30
    assert second.content.decode().count("<article") == 2
    assert "1 to 30 of 32" in text_of(first)
    assert "Activity 30" in text_of(second)
    assert "Activity 29" not in text_of(second)


def test_a_page_that_is_not_there_is_the_nearest_that_is(client):
    coming(32)
    nearest = {"0": 2, "3": 2, "99999999999": 2, "-1": 2, "x": 30, "": 30}
    answers = {page: client.get("/activities/", {"page": page}) for page in nearest}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert {page: answer.text.count("<article") for page, answer in answers.items()} == nearest


def test_filters_in_force_are_shown_and_taken_away_one_by_one(client):
    cast.session()
    page = client.get("/activities/?format=webinar&topic=mobility&q=water&from=2027-03-02").content.decode()
    chips = dict(
        re.findall(r'class="chip"\s+href="([^"]*)"\s*>.*?</span>\s*([^<]*?)\s*</a>', page, re.DOTALL)
    )
    assert {name: url.replace("&amp;", "&") for url, name in chips.items()} == {
        "“water”": "/activities/?format=webinar&topic=mobility&from=2027-03-02",
        "Webinar": "/activities/?q=water&topic=mobility&from=2027-03-02",
        "Mobility": "/activities/?q=water&format=webinar&from=2027-03-02",
        "From 2 March 2027": "/activities/?q=water&format=webinar&topic=mobility",
    }


def test_an_empty_answer_says_what_to_loosen_and_what_that_would_give(client):
    cast.session(cast.activity("Water", format="webinar"))
    cast.session(cast.activity("More water", format="webinar"))
    cast.session(cast.activity("Housing", format="online_course"))
    page = client.get("/activities/?format=online_course&q=water")
    ways = re.findall(
        r'<a href="([^"]*)">(without[^<]*)</a>\s*<span class="choice-count">(\d+)</span>',
        page.content.decode(),
    )
    assert ways == [
        ("/activities/?q=water", "without “Online course”", "2"),
        ("/activities/?format=online_course", "without “water”", "1"),
    ]
    assert "No upcoming activity fits all of this" in text_of(page)


def test_an_empty_answer_that_the_past_could_give_says_so(client):
    cast.activity("Water in 2019", held_on="2019-05-02")
    assert "/activities/?q=water&amp;when=past" in client.get("/activities/?q=water").content.decode()


def test_a_corrected_word_is_told(client):
    cast.session(cast.activity("Water in dense cities"))
    shown = text_of(client.get("/activities/?q=watre"))
    assert "Showing results for water : nothing here has “watre” as it was typed." in shown
    # Where the corrected words find nothing either, there are no results to speak of.
    assert "Showing results for" not in text_of(client.get("/activities/?q=watre&when=past"))


def test_what_somebody_typed_is_shown_as_text(client):
    page = client.get("/activities/", {"q": '"><script>alert(1)</script>', "topic": "<b>"}).content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_texts_without_translation_say_that_they_are_english(client):
    activity = cast.activity("Water", title_fr="L’eau", summary="In English only.")
    cast.session(activity)
    cast.session(cast.activity("Only English"))
    page = client.get("/fr/activities/").content.decode()
    assert re.search(r'lang="en"[^>]*>Only English', page)
    assert re.search(r'href="[^"]*"\s*>L’eau', page)
    detail = client.get(address_of(activity, "/fr")).content.decode()
    assert '<h1 dir="auto">L’eau</h1>' in detail
    assert '<p class="lead" lang="en" dir="auto">In English only.</p>' in detail


def test_who_is_signed_in_sees_their_own_clock_with_the_hosts_beside_it(client):
    cast.session(starts_at=datetime(2027, 3, 9, 22, tzinfo=UTC))
    client.force_login(cast.person(timezone="America/Mexico_City"))
    shown = text_of(client.get("/activities/"))
    assert "Tuesday 9 March 2027, 16:00–17:30" in shown
    assert "Wednesday 07:00–08:30 Seoul time" in shown


# Kept and renewed


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_is_served_until_staff_change_something(client, django_assert_num_queries):
    activity = cast.activity("Before")
    cast.session(activity)
    assert "Before" in text_of(client.get("/activities/"))
    with django_assert_num_queries(0):
        assert "Before" in text_of(client.get("/activities/"))
    activity.title = "After"
    activity.save()
    refresh(activity=activity)
    assert "After" in text_of(client.get("/activities/"))
    withdraw(activity=activity, by=None)
    assert "After" not in text_of(client.get("/activities/"))
    assert client.get(address_of(activity)).status_code == 404
    publish(activity=activity, by=None)
    assert "After" in text_of(client.get("/activities/"))
