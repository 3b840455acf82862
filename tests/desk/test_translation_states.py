"""When words are older than their original: what save() remembers, row by row and asked of the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from auditlog.models import LogEntry
from django.db import models

from catalog.models import Activity, Topic
from desk.translations import Translation, has_missing, has_stale, missing_translations, stale_translations
from hubs.models import Host
from tests import cast

pytestmark = pytest.mark.django_db

FIRST_OF_MAY = datetime(2026, 5, 1, 9, tzinfo=UTC)


def day(number: int) -> Any:
    return time_machine.travel(FIRST_OF_MAY + timedelta(days=number - 1), tick=False)


def topic(**texts: str) -> Topic:
    return Topic.objects.create(slug=f"topic-{Topic.objects.count()}", **texts)


def reworded(row: models.Model, **texts: str) -> Any:
    """The row as the next request finds it, after these words were saved."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    for column, text in texts.items():
        setattr(fresh, column, text)
    fresh.save()
    return type(row)._base_manager.get(pk=row.pk)


def behind(row: Any) -> list[tuple[str, str]]:
    return [(stale.translation.column, stale.original) for stale in stale_translations(row)]


IN_THREE = {"name_en": "Water", "name_fr": "Eau", "name_es": "Agua"}


def test_what_is_written_together_is_equally_fresh() -> None:
    water = topic(**IN_THREE)
    assert (behind(water), water.words_as_of) == ([], {})


def test_a_translation_is_older_when_only_its_original_changed() -> None:
    water = topic(**IN_THREE)
    with day(3):
        water = reworded(water, name_en="Water for all")
    assert behind(water) == [("name_fr", "en"), ("name_es", "en")]
    assert {stale.changed_at for stale in stale_translations(water)} == {FIRST_OF_MAY + timedelta(days=2)}


def test_a_translation_that_follows_later_is_up_to_date_and_the_other_is_not() -> None:
    water = topic(**IN_THREE)
    with day(3):
        water = reworded(water, name_en="Water for all")
    with day(5):
        water = reworded(water, name_fr="De l’eau pour tous")
    assert behind(water) == [("name_es", "en")]


def test_a_translation_that_changes_with_its_original_is_up_to_date() -> None:
    water = topic(**IN_THREE)
    with day(3):
        water = reworded(water, name_en="Water for all", name_fr="De l’eau pour tous")
    assert behind(water) == [("name_es", "en")]


def test_a_translation_alone_makes_nothing_older() -> None:
    water = topic(**IN_THREE)
    with day(3):
        water = reworded(water, name_fr="L’eau")
    assert behind(water) == []


def test_a_first_translation_is_as_fresh_as_its_original() -> None:
    water = topic(name_en="Water", name_es="Agua")
    with day(3):
        water = reworded(water, name_en="Water for all")
    with day(5):
        water = reworded(water, name_fr="De l’eau pour tous")
    assert behind(water) == [("name_es", "en")]
    with day(6):
        water = reworded(water, name_en="Water for everybody")
    assert behind(water) == [("name_fr", "en"), ("name_es", "en")]


def test_english_that_comes_later_is_no_reason_to_look_again() -> None:
    """A proposal accepted in Spanish: its English and its French are written from it."""
    water = topic(name_es="Agua")
    with day(3):
        water = reworded(water, name_en="Water", name_fr="Eau")
    assert behind(water) == []
    with day(4):
        water = reworded(water, name_en="Water for all")
    assert behind(water) == [("name_fr", "en"), ("name_es", "en")]


def test_without_english_the_french_is_the_original() -> None:
    water = topic(name_fr="Eau", name_es="Agua")
    with day(3):
        water = reworded(water, name_fr="L’eau")
    assert behind(water) == [("name_es", "fr")]


def test_words_taken_away_are_missing_and_no_longer_older() -> None:
    water = topic(**IN_THREE)
    with day(3):
        water = reworded(water, name_en="Water for all")
        water = reworded(water, name_fr="")
    assert behind(water) == [("name_es", "en")]
    assert missing_translations(water, ["name"]) == [Translation("name", "fr")]


def test_saving_the_same_words_remembers_nothing() -> None:
    water = topic(**IN_THREE)
    assert reworded(water, position=4).words_as_of == {}
    assert reworded(topic(name_en="Air"), name_fr="").words_as_of == {}  # nothing, and nothing


def test_a_save_of_some_fields_remembers_the_words_among_them_only() -> None:
    water = topic(**IN_THREE)
    water.name_en, water.position = "Water for all", 7
    water.save(update_fields=["position"])
    assert Topic.objects.get(pk=water.pk).words_as_of == {}
    water.save(update_fields=["name_en"])
    assert behind(Topic.objects.get(pk=water.pk)) == [("name_fr", "en"), ("name_es", "en")]


def test_a_save_of_other_fields_does_not_look_at_the_words(django_assert_num_queries: Any) -> None:
    water = topic(**IN_THREE)
    with django_assert_num_queries(2) as queries:  # the row as it was, for the history, and the change
        water.save(update_fields=["position"])
    assert not any("FOR NO KEY UPDATE" in query["sql"] for query in queries)


def test_whoever_holds_an_older_copy_does_not_undo_what_was_remembered() -> None:
    water = topic(**IN_THREE)
    copy = Topic.objects.get(pk=water.pk)
    with day(3):
        reworded(water, name_en="Water for all")
    with day(4):
        copy.description_en = "New."
        copy.save(update_fields=["description_en"])
    assert behind(Topic.objects.get(pk=water.pk)) == [("name_fr", "en"), ("name_es", "en")]


def test_a_row_read_in_part_keeps_what_it_did_not_read() -> None:
    water = topic(**IN_THREE)
    with day(3):
        reworded(water, name_en="Water for all")
    part = Topic.objects.only("slug", "name_es").get(pk=water.pk)
    with day(4):
        part.name_es = "Agua para todos"
        part.save()
    assert behind(Topic.objects.get(pk=water.pk)) == [("name_fr", "en")]


def test_the_history_tells_of_the_words_not_of_the_bookkeeping() -> None:
    water = reworded(topic(**IN_THREE), name_en="Water for all")
    changed = LogEntry.objects.get_for_object(water).filter(action=LogEntry.Action.UPDATE).get()
    assert list(changed.changes) == ["name_en"]


# Asked of the database

CASES = {
    "together": (IN_THREE, {}),
    "english changed": (IN_THREE, {"name_en": "Water for all"}),
    "english and french changed": (IN_THREE, {"name_en": "Water for all", "name_fr": "L’eau"}),
    "spanish missing": ({"name_en": "Water", "name_fr": "Eau"}, {}),
    "spanish missing, french older": ({"name_en": "Water", "name_fr": "Eau"}, {"name_en": "Waters"}),
    "without english": ({"name_fr": "Eau", "name_es": "Agua"}, {"name_fr": "L’eau"}),
    "spanish only": ({"name_es": "Agua"}, {"name_es": "El agua"}),
    "another text": (IN_THREE | {"description_en": "All of it."}, {"description_en": "Some of it."}),
}


@pytest.fixture
def waters() -> list[Topic]:
    return [reworded(topic(**texts), **changes) for texts, changes in CASES.values()]


@pytest.mark.parametrize("languages", [[], ["en"], ["fr"], ["es"]])
def test_the_database_finds_what_the_rows_say(waters: list[Topic], languages: list[str]) -> None:
    asked = languages or ["en", "fr", "es"]
    lacking = [
        water
        for water in waters
        if {gap.language for gap in missing_translations(water, Topic.TRANSLATED_TEXTS)} & set(asked)
    ]
    assert lacking
    assert list(Topic.objects.filter(has_missing(Topic.TRANSLATED_TEXTS, *languages))) == lacking
    if languages != ["en"]:  # which is an original wherever there is any
        late = [
            water
            for water in waters
            if {stale.translation.language for stale in stale_translations(water)} & set(asked)
        ]
        assert late
        assert list(Topic.objects.filter(has_stale(Topic.TRANSLATED_TEXTS, *languages))) == late


def test_activities_and_hosts_keep_track_too() -> None:
    activity, host = cast.activity("Water"), cast.host("seoul")
    Activity.objects.filter(pk=activity.pk).update(certificate_rule_en="Come.", certificate_rule_fr="Venez.")
    Host.objects.filter(pk=host.pk).update(about_en="We teach.", about_es="Enseñamos.")
    assert behind(reworded(activity, certificate_rule_en="Come thrice.")) == [("certificate_rule_fr", "en")]
    assert behind(reworded(host, about_en="We teach all.")) == [("about_es", "en")]
    assert Activity.objects.filter(has_stale(Activity.TRANSLATED_TEXTS)).get() == activity
    assert Host.objects.filter(has_stale(Host.TRANSLATED_TEXTS)).get() == host
