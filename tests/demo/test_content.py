"""The demonstration's content holds what its README promises, whatever day it is loaded on."""

import re
from collections import Counter
from datetime import time
from zoneinfo import available_timezones

from tests.demo.content import (
    DATA,
    FORMATS,
    HOSTS,
    LANGUAGES,
    MEMBERS,
    PAPERS,
    PEOPLE,
    REGIONS,
    SESSIONS,
    STATES,
    TOPICS,
    WORKING_LANGUAGES,
    assert_in_three_languages,
    assert_well_set,
    read,
    rows,
)


def test_there_is_enough_to_choose_from():
    formats = Counter(paper["format"] for paper in PAPERS.values())

    assert set(formats) == FORMATS
    assert formats["webinar"] >= 16
    assert formats["online_course"] >= 9
    assert formats["in_person_program"] >= 8
    assert len(SESSIONS) >= 44
    assert sum(session["state"] == "self_paced" for _, session in SESSIONS) >= 3


def test_every_host_topic_state_language_audience_and_region_appears():
    papers = PAPERS.values()

    assert {paper["host"] for paper in papers} == set(HOSTS)
    assert {topic for paper in papers for topic in paper["topics"]} == TOPICS
    assert {session["state"] for _, session in SESSIONS} == STATES
    assert {language for paper in papers for language in paper["languages"]} == WORKING_LANGUAGES
    assert {region for paper in papers for region in paper["regions"]} == set(REGIONS)
    assert {tuple(sorted(paper["audiences"])) for paper in papers} == {
        ("technical",),
        ("elected",),
        ("elected", "technical"),
    }


def test_titles_do_not_repeat():
    for language in LANGUAGES:
        titles = Counter(paper["title"][language] for paper in PAPERS.values())
        assert titles.most_common(1)[0][1] == 1


def test_the_awkward_cases_are_there():
    def ends_after_midnight(meeting: dict) -> bool:
        start = time.fromisoformat(meeting["start"])
        return start.hour * 60 + start.minute + meeting["minutes"] > 24 * 60

    shapes = {
        (paper["format"], tuple(meeting["day"] for meeting in session["meetings"]))
        for paper, session in SESSIONS
    }
    long_programs = [
        days
        for kind, days in shapes
        if kind == "in_person_program" and 9 <= len(days) <= 12 and days[-1] == 7
    ]

    assert long_programs
    assert any(kind == "webinar" and len(set(days)) == 4 for kind, days in shapes)
    assert ("online_course", (0, 7, 14, 21, 28, 35)) in shapes
    assert any(ends_after_midnight(meeting) for _, session in SESSIONS for meeting in session["meetings"])
    assert all(max(len(paper["title"][code]) for paper in PAPERS.values()) > 100 for code in LANGUAGES)


def test_hosts_are_described_in_three_languages():
    hosts = read(DATA / "hosts.toml")

    assert set(hosts) == set(HOSTS)
    for slug, host in hosts.items():
        for field in ("name", "city", "about"):
            assert_in_three_languages(host[field])
            assert_well_set(host[field])
        assert host["name"]["en"] == HOSTS[slug]["name"]
        assert host["city"]["en"] == HOSTS[slug]["city"]
        assert host["region_served"]["en"] == HOSTS[slug]["region_served"]
        assert tuple(host["region_served"]) == LANGUAGES
        assert len({bool(region) for region in host["region_served"].values()}) == 1
        assert set(host["languages"]) <= WORKING_LANGUAGES
        assert host["reply_to"].endswith("@station.example.org")
    assert len({host["reply_to"] for host in hosts.values()}) == len(HOSTS)


def test_topics_are_described_in_three_languages():
    topics = read(DATA / "topics.toml")

    assert set(topics) == TOPICS
    for topic in topics.values():
        assert_in_three_languages(topic["description"], longest=200)
        assert_well_set(topic["description"])


def test_people_are_many_and_come_from_everywhere():
    people = PEOPLE["people"]

    assert len(people) >= 240
    assert {person.get("organization") for person in people} >= set(MEMBERS)
    assert {person["profile"] for person in people} == {"technical", "elected"}
    assert {person["language"] for person in people} == set(LANGUAGES)
    for script in ("Arabic", "Hangul", "Han", "Cyrillic", "Devanagari", "Ethiopic", "Thai", "Greek"):
        assert any(re.search(SCRIPTS[script], person["name"]) for person in people), script


SCRIPTS = {
    "Arabic": r"[\u0600-\u06ff]",
    "Hangul": r"[\uac00-\ud7a3]",
    "Han": r"[\u4e00-\u9fff]",
    "Cyrillic": r"[\u0400-\u04ff]",
    "Devanagari": r"[\u0900-\u097f]",
    "Ethiopic": r"[\u1200-\u137f]",
    "Thai": r"[\u0e00-\u0e7f]",
    "Greek": r"[\u0370-\u03ff]",
}


def test_each_person_is_complete_and_one_of_a_kind():
    people = [*PEOPLE["people"], *PEOPLE["cast"].values()]
    speakers = {speaker["name"] for paper in PAPERS.values() for speaker in paper["speakers"]}

    assert len({person["email"] for person in people}) == len(people)
    assert len({person["name"] for person in people}) == len(people)
    assert not {person["name"] for person in people} & speakers
    for person in people:
        assert re.fullmatch(r"[a-z0-9.]+@[a-z0-9-]+\.example\.org", person["email"])
        assert person["post"].strip()
        assert person["language"] in LANGUAGES
        assert person["timezone"] in available_timezones()
        assert re.fullmatch(r"[A-Z]{2}", person["country"])
        assert ("organization" in person) != ("organization_other" in person)
        if "organization" in person:
            member = MEMBERS[person["organization"]]
            assert (person["country"], person["timezone"]) == (member["iso2"], member["timezone"])
        else:
            assert person["organization_other"].strip()


def test_the_cast_is_an_official_the_staff_a_helper_and_a_focal_point():
    cast = PEOPLE["cast"]

    assert list(cast) == ["official", "coordinator", "secretariat", "helper", "focal_point"]
    assert "host" not in cast["official"]
    assert cast["coordinator"]["host"] == "seoul"
    assert cast["secretariat"]["host"] == "secretariat-general"


def test_facts_keep_their_sources():
    assert len(MEMBERS) == 147
    assert {row["certainty"] for row in MEMBERS.values()} == {"stated", "implied", "assumed"}
    assert all(row["source"] for row in HOSTS.values())
    assert all(row["source"] for row in rows("past_activities"))
