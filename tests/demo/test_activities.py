"""What the demonstration says of each activity, in three languages, with pictures, speakers and materials."""

import re

import pytest

from catalog.models import Material
from demo.activities import rule_of
from demo.drawings import DRAWINGS, drawing
from demo.handouts import HANDOUTS
from pictures.uploads import VERSIONS, versions_of
from tests.demo.content import (
    FORMATS,
    HOSTS,
    LANGUAGES,
    PAPERS,
    REGIONS,
    TOPICS,
    WORKING_LANGUAGES,
    assert_in_three_languages,
    assert_well_set,
    each_activity,
)


@each_activity
def test_activity_says_what_it_is(slug):
    paper = PAPERS[slug]

    assert paper["slug"] == slug
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 50
    assert paper["format"] in FORMATS
    assert paper["host"] in HOSTS
    assert 1 <= len(set(paper["topics"])) == len(paper["topics"]) <= 3
    assert set(paper["topics"]) <= TOPICS
    assert paper["audiences"]
    assert set(paper["audiences"]) <= {"technical", "elected"}
    assert set(paper["regions"]) <= set(REGIONS)
    assert paper["languages"]
    assert set(paper["languages"]) | set(paper["interpretation"]) <= WORKING_LANGUAGES
    assert paper["partners"]
    assert paper["sessions"]


@each_activity
def test_activity_is_written_in_three_languages(slug):
    paper = PAPERS[slug]

    assert_in_three_languages(paper["title"], longest=110)
    assert_in_three_languages(paper["summary"], longest=280)
    assert_in_three_languages(paper["description"])
    for text in (paper["title"], paper["summary"], paper["description"], paper["certificate"]):
        assert_well_set(text)
    for translation in paper["description"].values():
        assert 120 <= len(translation.split()) <= 220
        assert translation.count("\n- ") >= 3
    assert len(set(paper["description"].values())) == len(LANGUAGES)
    assert tuple(paper["certificate"]) == LANGUAGES
    assert len({bool(rule) for rule in paper["certificate"].values()}) == 1


def test_some_rules_of_each_kind_are_there_and_some_activities_have_words_alone():
    rules = [rule_of(paper["rule"]) for paper in PAPERS.values() if "rule" in paper]
    assert {(rule.certificate, rule.percent_of) for rule in rules} >= {
        ("participation", "minutes"),
        ("participation", "meetings"),
        ("completion", "meetings"),
    }
    assert any(rule.leaves_out_excused for rule in rules)
    assert all(1 <= rule.percent <= 100 for rule in rules)
    assert any(paper["certificate"]["en"] and "rule" not in paper for paper in PAPERS.values())


def test_some_activities_have_a_picture_and_say_what_it_shows():
    pictures = [paper["picture"] for paper in PAPERS.values() if "picture" in paper]
    assert {picture["drawing"] for picture in pictures} == set(DRAWINGS)
    for picture in pictures:
        assert picture["alt"].keys() == set(LANGUAGES)
        assert len(set(picture["alt"].values())) == len(LANGUAGES)
        assert all(20 < len(alt) <= 300 for alt in picture["alt"].values())


@pytest.mark.parametrize("name", list(DRAWINGS))
def test_a_drawing_is_the_same_each_time_and_light(name):
    made = versions_of(drawing(name))
    assert made == versions_of(drawing(name))
    assert all(len(content) <= VERSIONS[size].most_bytes for size, content in made.items())


@each_activity
def test_activity_names_its_speakers_and_materials(slug):
    paper = PAPERS[slug]

    assert paper["speakers"]
    for speaker in paper["speakers"]:
        assert speaker["name"].strip()
        assert speaker["organization"].strip()
        assert_in_three_languages(speaker["role"])
        assert_well_set(speaker["role"])
        if not re.search(r"[A-Za-z]", speaker["name"]):
            pytest.fail(f"{speaker['name']} needs its Latin spelling in parentheses")
    for material in paper["materials"]:
        assert_in_three_languages(material["title"])
        assert_well_set(material["title"])
        assert material["kind"] in {"link", "document", "recording"}
        assert ("url" in material) != ("file" in material)
        assert re.match(r"https://\w+\.example\.org/", material.get("url", "https://no.example.org/"))
        assert material.get("file", "slides") in HANDOUTS
        assert material["language"] in WORKING_LANGUAGES
        assert material["for"] in Material.Audience
        assert material.get("when", "any") in Material.MeantFor
