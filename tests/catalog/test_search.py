"""Search in three languages, with and without accents, with small errors, best first, and never an error for odd input."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation

from accounts.naming import tell_renamed
from catalog.actions import refresh, withdraw
from catalog.listing.indexing import reindex_what_an_older_rule_wrote
from catalog.listing.search import MOST_WORDS, edits, split, understand
from catalog.models import Activity, Topic
from learning_station.facts.names import load_names
from tests import cast

from .asking import counts, titles

pytestmark = pytest.mark.django_db


def taught(title: str, **fields) -> Activity:
    topics, days = fields.pop("topics", []), fields.pop("days", 10)
    activity = cast.activity(title, topics=topics, **{"summary": "", "host": cast.host("cairo")} | fields)
    cast.session(activity, starts_in=timedelta(days=days))
    return activity


@pytest.fixture
def water():
    return taught(
        "Water after the flood",
        title_fr="L’eau après la crue : les élus répondent",
        title_es="El agua después de la inundación",
        description="Engineers planned *three* parks that hold water.",
    )


@pytest.mark.parametrize(
    "words",
    [
        "water",
        "Water",
        "WATER floods",
        "flooding",
        "plan parks",
        "eau",
        "l'eau",
        "L’EAU",
        "crues",
        "élus",
        "elus",
        "ÉLU",
        "agua",
        "inundación",
        "inundacion",
        "inundaciones",
        "the water of the parks",
        "wat flo",
    ],
)
def test_words_are_found_in_three_languages_with_or_without_accents(water, words):
    taught("Housing for all")
    assert titles(f"q={words}") == ["Water after the flood"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("watter", "water"),
        ("wter", "water"),
        ("flod", "flood"),
        ("folod", "flood"),
        ("agau", "agua"),
        ("inundasion", "inundacion"),
        ("enginneers", "engineers"),
        ("park watre", "park water"),
    ],
)
def test_a_mistyped_word_becomes_its_neighbor_and_the_page_says_so(water, typed, meant):
    search = understand(typed)
    assert search.corrected
    assert search.text == meant
    assert titles(f"q={typed}") == ["Water after the flood"]


# Words of a language, each beside one that the catalog has and that a mere count of letters would take it for.
MEANT = [
    ("zoom", "room"),
    ("poubelle", "nouvelle"),
    ("sanitation", "station"),
    ("bridge", "bride"),
    ("cost", "coast"),
    ("plage", "place"),
    ("poste", "porte"),
    ("horse", "house"),
    ("casa", "caso"),
    ("puerto", "puerta"),
    ("المياه", "المالك"),
    ("کتاب", "كاتب"),
]


@pytest.mark.parametrize(("typed", "there"), MEANT)
def test_a_word_that_says_something_is_not_taken_for_another(typed, there):
    taught(f"About {there}")
    assert not understand(typed).corrected
    assert titles(f"q={typed}") == []


NO_NEIGHBORS = [
    ("мост", "moct"),  # letters that look alike, of another script
    ("ligth5", "light5"),  # no word but a name or a number
    ("sevn", "seven2"),
    ("xater", "water"),  # hardly anybody mistypes a first letter
    ("whcih", "which"),  # what is in every text says nothing
    ("abotu", "about"),
]


@pytest.mark.parametrize(("typed", "there"), NO_NEIGHBORS)
def test_what_is_no_likely_slip_is_not_corrected(typed, there):
    taught(f"Light {there}")
    assert not understand(typed).corrected


def test_a_mistyped_word_is_corrected_within_its_script():
    taught("Городское планирование")
    taught("Gorodskoe planirovanie")
    assert understand("планирвоание").text == "планирование"
    assert understand("planirovnaie").text == "planirovanie"


@pytest.mark.parametrize(
    ("asked", "expected", "dropped"),
    [
        ("flood insurance for my park", ["Water after the flood"], ("insurance",)),
        ("Paris water, 2025", ["Water after the flood"], ("Paris", "2025")),
        ("housing benefits water", ["Housing benefits"], ("water",)),  # most words before anything else
        ("agua de Venus", ["Water after the flood"], ("Venus",)),
        ("watter on Mars", ["Water after the flood"], ("Mars",)),  # corrected and left out
    ],
)
def test_when_nothing_has_all_words_the_page_leaves_some_out_and_says_which(
    client, water, asked, expected, dropped
):
    taught("Housing benefits")
    search = understand(asked)
    assert (search.dropped, titles(f"q={asked}")) == (dropped, expected)
    page = client.get("/activities/", {"q": asked}).content.decode()
    assert "Left out: " + " and ".join(f"“{word}”" for word in dropped) + "." in " ".join(page.split())


def test_nothing_is_left_out_where_something_has_all_words_or_nothing_has_any(water):
    assert understand("water parks").dropped == ()
    assert understand("xylophone quagmire").dropped == ()
    assert titles("q=xylophone quagmire") == []


def test_a_word_that_has_matches_is_never_corrected(water):
    taught("Watering the trees")
    assert not understand("waterin").corrected
    assert titles("q=watering") != []


def test_nothing_near_is_nothing_found(water):
    search = understand("xylophone")
    assert not search.corrected
    assert titles("q=xylophone") == []


def test_a_word_no_published_activity_uses_any_more_is_no_neighbor(water):
    activity = taught("Zeppelins")
    assert understand("zepelins").text == "zeppelins"
    withdraw(activity=activity, by=None)
    assert understand("zepelins").text == "zepelins"


def test_best_first_title_then_summary_then_speaker_then_description():
    taught("In the description", description="All about compost.", days=1)
    speaking = taught("By a speaker", days=2)
    cast.speaker(speaking, "Compost Amadi")
    refresh(activity=speaking)
    taught("In the summary", summary="Compost at scale.", days=3)
    taught("Compost", days=4)
    assert titles("q=compost") == ["Compost", "In the summary", "By a speaker", "In the description"]


def test_topics_hosts_and_partners_are_found():
    taught("One", topics=[cast.topic("Metropolitan finance")])
    taught("Two", host=cast.host("mexico-city"))
    taught("Three", partners=["Alliance of Rivers"])
    assert titles("q=finance") == ["One"]
    assert titles("q=mexico") == ["Two"]
    assert titles("q=rivers") == ["Three"]


@pytest.fixture
def station():
    """A webinar of Seoul about water and waste, with the names that the facts give to its topics and its city."""
    seoul = cast.organization("Seoul", country="KR", slug="seoul")
    load_names()
    host = cast.host("seoul")
    host.organization = seoul
    host.save()
    taught("Something else", format="in_person_program")
    topics = [
        Topic.objects.create(slug=slug, name_en=slug)
        for slug in ("water-management", "social-cohesion", "housing-urban-regeneration")
    ]
    return taught("A lecture", host=host, topics=topics, certificate_rule="For those who stay.")


IN_LANGUAGES = [
    *("water", "care", "housing", "eau", "soin", "logement", "agua", "cuidados", "vivienda"),
    *("المياه", "مياه", "الرعاية", "السكن", "물", "돌봄", "주택", "水", "住房", "آب", "مراقبت", "مسکن"),
    *("Séoul", "Seúl", "سيول", "سئول", "서울", "首尔", "首爾", "서울특별시"),
    *(
        "webinar",
        "webinaire",
        "online",
        "en ligne",
        "en línea",
        "عبر الإنترنت",
        "웨비나",
        "온라인",
        "在线",
        "آنلاین",
    ),
    *("certificate", "certificat", "certificado", "شهادة", "수료증", "证书", "گواهی"),
]


def test_topics_cities_formats_and_certificates_are_found_by_their_names_in_seven_languages(station):
    missed = [
        words
        for words in IN_LANGUAGES
        if understand(words).corrected or titles(f"q={words}") != ["A lecture"]
    ]
    assert missed == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_words_that_the_box_proposes_find_something(station, language):
    with translation.override(language):
        proposed = translation.gettext("Water, care, housing…").strip("…").replace("،", ",").split(",")
    assert [titles(f"q={word.strip()}") for word in proposed] == [["A lecture"]] * 3


def test_an_activity_follows_when_its_city_is_called_otherwise(station):
    station.host.organization.names.create(name="Hanyang", kind="former", language="en")
    assert titles("q=hanyang") == []
    tell_renamed(station.host.organization)
    assert titles("q=hanyang") == ["A lecture"]


def test_what_an_older_rule_indexed_is_indexed_anew_by_migrate(water):
    Activity.objects.update(search_vector="", indexed_by=0)
    untouched = taught("Parks")
    Activity.objects.filter(pk=untouched.pk).update(search_vector="'kept'")
    reindex_what_an_older_rule_wrote()
    assert titles("q=water") == ["Water after the flood"]
    assert titles("q=kept") == ["Parks"]


def test_names_in_any_script_are_found():
    activity = taught("A lecture")
    cast.speaker(activity, "Ольга Ким", organization="성남시")
    refresh(activity=activity)
    assert titles("q=ольга") == ["A lecture"]
    assert titles("q=성남시") == ["A lecture"]


def test_every_word_counts(water):
    taught("Water and housing")
    assert titles("q=water housing") == ["Water and housing"]
    assert set(titles("q=water")) == {"Water after the flood", "Water and housing"}


def test_words_and_filters_are_asked_together(water):
    taught("Water on paper", format="online_course")
    assert titles("q=water&format=online_course") == ["Water on paper"]
    counted = counts("q=water&format=online_course")
    assert (counted.total, counted.without["format"]) == (1, 2)
    assert counted.of["format"] == {"online_course": 1, "webinar": 1}


def test_past_activities_are_found_among_the_past(water):
    cast.activity("Water in 2019", held_on="2019-05-02")
    assert titles("q=water&when=past") == ["Water in 2019"]
    assert counts("q=water").elsewhere == 1


ODD = [
    "'",
    "''; DROP TABLE catalog_activity; --",
    '"water',
    "a & b | !c : * ( ) <-> \\",
    "water:*",
    "!water",
    "%",
    "%s %(x)s %%",
    "_",
    "\x00",
    "wa\x00ter",
    "😀",
    "½ … ™",
    "e\u0301lus",
    "العَرَبِيَّة",
    "नमस्ते",
    "x" * 5000,
    "the of and",
    "1",
    "a",
    "' \\ '",
    "\u200b\u202e",
    " ".join(["water"] * 500),
]


def test_odd_words_are_never_an_error(client, water):
    answers = {words: client.get("/activities/", {"q": words}).status_code for words in ODD}
    assert [words for words, status in answers.items() if status != 200] == []


def test_a_letter_with_its_accent_apart_is_the_same_letter(water):
    assert titles("q=e\u0301lus") == ["Water after the flood"]


def test_only_so_many_words_are_asked():
    assert len(split("word " * 100)) == MOST_WORDS
    assert understand(" … ") is None


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ("", "", 0),
        ("gender", "gneder", 1),
        ("agua", "agau", 1),
        ("flood", "flod", 1),
        ("abc", "xyz", 3),
        ("a", "", 1),
    ],
)
def test_edits_count_added_dropped_changed_and_swapped_letters(first, second, number):
    assert edits(first, second) == edits(second, first) == number
