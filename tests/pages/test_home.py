from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.kept import forget_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    forget_pages()


def test_the_front_page_tells_what_is_next_and_counts_the_rest(client):
    for number in range(8):
        activity = cast.activity(f"Number {number}", format="online_course" if number % 2 else "webinar")
        cast.session(activity, starts_in=timedelta(days=number + 1))
    cast.activity("Long ago", held_on="2019-05-02")
    response = client.get("/")
    context = response.context
    assert [card.title for card in context["next_sessions"]] == [f"Number {number}" for number in range(6)]
    assert {(kind["code"], kind["upcoming"], kind["url"]) for kind in context["formats"]} == {
        ("webinar", 4, "/activities/?format=webinar"),
        ("online_course", 4, "/activities/?format=online_course"),
        ("in_person_program", 0, "/activities/?format=in_person_program"),
    }
    assert [(topic["name"], topic["count"]) for topic in context["topics"]] == [("Mobility", 8)]
    (seoul,) = context["hosts"]
    assert (seoul["city"], seoul["upcoming"]) == ("Seoul", 8)
    assert context["map_line"]
    assert [(number["value"], str(number["label"])) for number in context["numbers"]] == [
        (8, "activities coming"),
        (1, "activities held so far"),
        (1, "languages to learn in"),
        (1, "hosts"),
        (0, "member organizations"),
    ]
    assert not response.cookies


def test_the_front_page_is_led_by_what_one_can_still_register_for(client):
    past, coming = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1)
    for day, fields in enumerate(
        [
            {"registration_closes_at": past},
            {"registration_opens_at": coming},
            {"cancelled_at": past},
            {"eligibility": "invited"},
            {"places": 0},
            {"admission": "application"},
            {"registration_closes_at": past},
        ]
    ):
        cast.session(cast.activity(f"Number {day}"), starts_in=timedelta(days=day + 1), **fields)
    titles = [card.title for card in client.get("/").context["next_sessions"]]
    assert titles == [f"Number {day}" for day in range(6)]
    cast.session(cast.activity("Open"), starts_in=timedelta(days=30))
    forget_pages()
    titles = [card.title for card in client.get("/").context["next_sessions"]]
    assert titles == ["Open", *(f"Number {day}" for day in range(5))]


@pytest.mark.parametrize("how_many", [1, 6])
def test_the_front_page_costs_five_queries_and_then_none(client, django_assert_num_queries, how_many):
    for number in range(how_many):
        cast.session(cast.activity(f"Number {number}"))
    with django_assert_num_queries(5):  # topics, hosts, counts, what is next, members
        client.get("/")
    with django_assert_num_queries(0):
        client.get("/")


def test_an_empty_station_says_so(client):
    assert "Nothing is announced right now" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("address", "grouped"), [("/", "12,345"), ("/fr/", "12\u202f345"), ("/es/", "12\u202f345")]
)
def test_large_numbers_are_told_as_the_readers_language_groups_them(client, monkeypatch, address, grouped):
    numbers = [{"value": 12345, "label": "activities"}]
    monkeypatch.setattr("pages.home.numbers", lambda counts, hosts: numbers)
    shown = client.get(address).text.replace("\xa0", "\u202f").replace("&nbsp;", "\u202f")
    assert f'<span class="numbers-value">{grouped}</span>' in shown
