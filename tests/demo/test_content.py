"""The demonstration's content holds what its README promises, whatever day it is loaded on."""

import csv
import re
import tomllib
from collections import Counter
from datetime import time
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from demo.drawings import DRAWINGS, drawing
from pictures.uploads import VERSIONS, versions_of

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "demo" / "content"
DATA = ROOT / "data"
LANGUAGES = ("en", "fr", "es")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REST_DAYS = {"cairo": {"fri", "sat"}, "mashhad": {"thu", "fri"}}
REGIONS = {
    "africa": "Africa",
    "asia-pacific": "Asia-Pacific",
    "europe": "Europe",
    "latin-america-caribbean": "Latin America and the Caribbean",
    "north-america": "North America",
}
STATES = {
    "open",
    "nearly_full",
    "full_with_waiting",
    "tomorrow",
    "running_now",
    "not_yet_open",
    "closed",
    "cancelled",
    "self_paced",
    "invited",
    "members_only",
    "members_first",
}
OPEN_STATES = STATES - {"running_now", "not_yet_open", "closed", "cancelled", "self_paced"}
FORMATS = {"webinar", "online_course", "in_person_program"}
WORKING_LANGUAGES = {"en", "fr", "es", "ar", "fa", "ko", "zh"}


def read(path: Path) -> dict:
    with path.open("rb") as file:
        return tomllib.load(file)


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOSTS = {row["slug"]: row for row in rows("hosts")}
TOPICS = {row["slug"] for row in rows("topics")}
MEMBERS = {row["name"]: row for row in rows("members")}
PAPERS = {path.stem: read(path) for path in sorted((CONTENT / "activities").glob("*.toml"))}
PEOPLE = read(CONTENT / "people.toml")
SESSIONS = [(paper, session) for paper in PAPERS.values() for session in paper["sessions"]]

each_activity = pytest.mark.parametrize("slug", PAPERS)


def latest(session: dict) -> int:
    """The most days ahead the session can start: a weekday moves it by six at most."""
    return session["offset_days"] + (6 if "weekday" in session else 0)


def assert_in_three_languages(text: dict[str, str], *, longest: int = 10_000) -> None:
    assert tuple(text) == LANGUAGES
    for translation in text.values():
        assert translation.strip()
        assert len(translation) <= longest, translation


def assert_well_set(text: dict[str, str]) -> None:
    """Typographic apostrophes everywhere, no-break spaces before French double punctuation."""
    for language, translation in text.items():
        assert "'" not in translation, (language, translation)
    assert not re.search(r" [;:?!»]|« |\w[;?!](\s|$)", text["fr"]), text["fr"]


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
        assert material["kind"] in {"link", "document"}
        assert re.match(r"https://\w+\.example\.org/", material["url"])
        assert material["language"] in WORKING_LANGUAGES
        assert material["for"] in {"everyone", "participants"}


@each_activity
def test_sessions_can_be_told_apart_and_found(slug):
    paper = PAPERS[slug]
    labels = [session.get("label", {}).get("en") for session in paper["sessions"]]

    assert len(set(labels)) == len(labels)
    for session in paper["sessions"]:
        if "label" in session:
            assert_in_three_languages(session["label"], longest=80)
            assert_well_set(session["label"])
        assert session["zone"] == HOSTS[paper["host"]]["timezone"]
        if paper["format"] == "in_person_program":
            assert "joining_link" not in session
            assert_in_three_languages(session["place"])
            assert_well_set(session["place"])
        else:
            assert "place" not in session
            assert re.match(r"https://(meet|campus)\.example\.org/[a-z0-9-]+$", session["joining_link"])


@each_activity
def test_meetings_follow_one_another_on_working_days(slug):
    paper = PAPERS[slug]
    for session in paper["sessions"]:
        meetings = session["meetings"]
        if session["state"] == "self_paced":
            assert meetings == []
            assert paper["format"] == "online_course"
            assert session["offset_days"] + session["window_days"] > 60
            continue
        assert "window_days" not in session
        assert meetings[0]["day"] == 0
        assert meetings[0]["start"] == session["start_local"]
        end = -1
        for meeting in meetings:
            clock = time.fromisoformat(meeting["start"])
            start = meeting["day"] * 24 * 60 + clock.hour * 60 + clock.minute
            assert start > end, meeting
            assert 30 <= meeting["minutes"] <= 600
            end = start + meeting["minutes"]
            if "title" in meeting:
                assert_in_three_languages(meeting["title"], longest=110)
                assert_well_set(meeting["title"])
        if "weekday" in session:
            first = WEEKDAYS.index(session["weekday"])
            days = {WEEKDAYS[(first + meeting["day"]) % 7] for meeting in meetings}
            assert not days & REST_DAYS.get(paper["host"], set())
            assert session["weekday"] not in REST_DAYS.get(paper["host"], {"sat", "sun"})


@each_activity
def test_session_dates_give_the_state_they_promise(slug):
    for session in PAPERS[slug]["sessions"]:
        state, soonest = session["state"], session["offset_days"]
        opens, closes = session["opens_days_before"], session["closes_days_before"]
        still_for_members = opens - session["members_first_days"]

        assert latest(session) <= 183
        if state == "self_paced":
            assert soonest <= 0
            continue
        assert opens > closes
        assert opens >= still_for_members
        if state == "tomorrow":
            assert soonest == 1
            assert "weekday" not in session
        if state == "running_now":
            assert soonest <= 0
            assert "weekday" not in session
            assert soonest + session["meetings"][-1]["day"] >= 0
        else:
            assert soonest >= 1
        if state == "not_yet_open":
            assert opens < soonest
        else:
            assert opens > latest(session)
        if state == "closed":
            assert closes > latest(session)
        elif state in OPEN_STATES:
            assert closes < soonest
        if state == "members_first":
            assert still_for_members < soonest
        elif state in OPEN_STATES:
            assert latest(session) < still_for_members


@each_activity
def test_session_numbers_give_the_state_they_promise(slug):
    paper = PAPERS[slug]
    for session in paper["sessions"]:
        state, left = session["state"], session["places"] - session["confirmed"]

        assert (session["waiting"] > 0) == (state == "full_with_waiting")
        if state == "full_with_waiting":
            assert left == 0
        elif state == "nearly_full":
            assert 1 <= left <= 4
        elif state == "not_yet_open":
            assert session["confirmed"] == 0
        else:
            assert left >= 1
            assert session["confirmed"] > 0
        assert session["confirmed"] + session["waiting"] <= len(those_who_may_register(paper))


def those_who_may_register(paper: dict) -> list[dict]:
    """Members' people of the right profile and region: enough to fill a session under any rule."""
    regions = {REGIONS[slug] for slug in paper["regions"]} or set(REGIONS.values())
    return [
        person
        for person in PEOPLE["people"]
        if person["profile"] in paper["audiences"]
        and "organization" in person
        and MEMBERS[person["organization"]]["region"] in regions
    ]


def test_joining_links_are_not_shared():
    links = Counter(session["joining_link"] for _, session in SESSIONS if "joining_link" in session)

    assert links.most_common(1)[0][1] == 1


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


def test_the_cast_is_an_official_a_coordinator_and_the_secretariat():
    cast = PEOPLE["cast"]

    assert list(cast) == ["official", "coordinator", "secretariat"]
    assert "host" not in cast["official"]
    assert cast["coordinator"]["host"] == "seoul"
    assert cast["secretariat"]["host"] == "secretariat-general"


def test_facts_keep_their_sources():
    assert len(MEMBERS) == 147
    assert {row["certainty"] for row in MEMBERS.values()} == {"stated", "implied", "assumed"}
    assert all(row["source"] for row in HOSTS.values())
    assert all(row["source"] for row in rows("past_activities"))
