"""The catalog's pages as visitors, readers and staff get them."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from catalog.actions import publish, refresh, withdraw
from catalog.models import Activity, Material, Session, Speaker
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def address_of(activity: Activity, prefix: str = "") -> str:
    """In English, or under the prefix of another language, whatever language the last answer was in."""
    return f"{prefix}/activities/{activity.slug}/"


def text_of(response) -> str:
    """What one reads, without markup."""
    body = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", response.content.decode())
    return " ".join(body.split())


def coming(number: int) -> None:
    for place in range(number):
        cast.session(cast.activity(f"Activity {place:02}"), starts_in=timedelta(days=place + 1))


# The list


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


# One activity


def full_activity() -> Activity:
    activity = cast.activity(
        "Care within walking distance",
        host=cast.host("mexico-city"),
        languages=["es"],
        interpretation=["en", "fr"],
        audiences=["technical"],
        regions=["africa"],
        partners=["Alliance of Neighborhoods"],
        description="What you **learn**.",
        certificate_rule="For all who attend.",
    )
    Speaker.objects.create(
        activity=activity, name="Yolima Quintín", role="Coordinator", organization="Alliance"
    )
    Material.objects.create(activity=activity, title="Reading list", link="https://library.example/list")
    Material.objects.create(
        activity=activity, title="Slides", link="https://library.example/slides", shown_to="participants"
    )
    return activity


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
        "For all who attend.",
        "First evening",
        "Second evening",
        "Wednesday 10 March 2027, 09:00–11:00 Mexico City time",
        "20 of 20 places left",
        "People of member organizations",
        "Tuesday 9 March 2027, 12:00 Mexico City time",
        "Reading list",
    ]:
        assert fact in shown, fact


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


# For machines


def structured_data(response) -> dict:
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())[1]
    )


def test_search_engines_read_the_course_and_its_instances(client):
    activity = full_activity()
    session = cast.session(activity, starts_at=datetime(2027, 3, 10, 15, tzinfo=UTC))
    cast.session(activity, cancelled_at=NOW)
    course = structured_data(client.get(address_of(activity)))
    assert course["@type"] == "Course"
    assert course["name"] == "Care within walking distance"
    assert course["provider"]["name"] == "MITI Regional Center Mexico City" or course["provider"]["name"]
    (instance,) = course["hasCourseInstance"]
    assert instance["@type"] == "CourseInstance"
    assert instance["startDate"] == "2027-03-10T09:00:00-06:00"
    assert instance["courseMode"] == "online"
    assert instance["inLanguage"] == ["es"]
    assert instance["location"]["@type"] == "VirtualLocation"
    assert instance["offers"]["price"] == 0
    assert instance["offers"]["availability"] == "https://schema.org/InStock"
    assert "meet.example" not in json.dumps(course)
    assert instance["offers"]["url"].endswith(reverse("registrations:register", args=[session.pk]))


def test_nothing_in_the_data_ends_the_script(client):
    activity = cast.activity("</script><script>alert(1)</script> & more")
    cast.session(activity)
    response = client.get(address_of(activity))
    assert structured_data(response)["name"] == "</script><script>alert(1)</script> & more"
    assert "<script>alert" not in response.content.decode()


def test_a_page_names_its_other_languages_its_own_address_and_its_picture(client):
    activity = cast.activity("Water")
    cast.session(activity)
    url = f"http://localhost:8000{address_of(activity, '/fr')}"
    page = client.get(address_of(activity, "/fr")).content.decode()
    assert f'<link rel="canonical" href="{url}">' in page
    assert f'<meta property="og:url" content="{url}">' in page
    assert '<meta property="og:image" content="http://localhost:8000/static/img/preview.png">' in page
    alternates = re.findall(r'<link\s+rel="alternate"\s+hreflang="(\w+)"\s+href="([^"]*)"', page)
    assert dict(alternates)["es"] == url.replace("/fr/", "/es/")
    assert dict(alternates)["en"] == url.replace("/fr/", "/")


def test_the_list_links_its_feeds_with_the_same_question(client):
    page = client.get("/activities/?topic=mobility").content.decode()
    cast.topic()
    assert 'type="application/atom+xml"' in page
    cache.clear()
    page = client.get("/activities/?topic=mobility&nonsense=1").content.decode()
    assert 'href="/activities/feed.atom?topic=mobility"' in page
    assert 'href="/activities/feed.ics?topic=mobility"' in page


def test_a_cover_is_a_picture_that_may_be_cached_for_long(client):
    activity = cast.activity("Water")
    response = client.get(f"{address_of(activity)}cover.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "max-age=604800, public"
    assert response.content.startswith(b"<svg")
    assert not response.cookies


@pytest.mark.parametrize("how_many", [1, 3])
def test_an_activity_costs_seven_queries_with_one_session_or_three(
    client, django_assert_num_queries, how_many
):
    activity = full_activity()
    for number in range(how_many):
        cast.session(activity, starts_in=timedelta(days=number + 1))
        Speaker.objects.create(activity=activity, name=f"Speaker {number}")
        cast.session(cast.activity(f"Related {number}"))
    assert Session.objects.filter(activity=activity).count() == how_many
    # activity, topics, sessions, meetings, speakers, materials, related
    with django_assert_num_queries(7):
        client.get(address_of(activity))
