"""What each filter leaves, and the number beside it, against the same asked one activity at a time."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.regions import Region
from catalog.models import Session
from tests import cast
from tests.made_once import made_once

from .asking import counts, titles

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
FORMATS = ["webinar", "online_course", "in_person_program"]
TOPICS = ["Mobility", "Housing", "Water"]
HOSTS = ["seoul", "cairo", "mexico-city"]
LANGUAGES = ["en", "fr", "es", "ar"]


@dataclass
class Made:
    """An activity, with what the filters ask about it as plain values."""

    title: str
    format: str
    topics: set[str]
    host: str
    spoken: set[str]
    audiences: set[str]
    regions: set[str]
    sessions: list[Session]


@pytest.fixture(scope="module")
def made_catalog(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Made]]:
    with made_once(django_db_blocker):
        yield all_made()


@pytest.fixture
def catalog(made_catalog: list[Made]) -> list[Made]:
    return deepcopy(made_catalog)


def all_made() -> list[Made]:
    chance = Random(7)
    made = []
    for number in range(18):
        languages, interpretation = (
            chance.sample(LANGUAGES, 1),
            chance.sample(LANGUAGES, chance.choice([0, 1, 2])),
        )
        audiences = chance.choice([[], ["technical"], ["elected"], ["technical", "elected"]])
        regions = chance.choice([[], ["africa"], ["africa", "europe"]])
        topics = chance.sample(TOPICS, chance.choice([0, 1, 2]))
        host = chance.choice(HOSTS)
        title = f"Activity {number:02}"
        activity = cast.activity(
            title,
            format=chance.choice(FORMATS),
            host=cast.host(host),
            topics=[cast.topic(topic) for topic in topics],
            languages=languages,
            interpretation=interpretation,
            audiences=audiences,
            regions=regions,
        )
        sessions = []
        for _ in range(chance.choice([1, 1, 2])):
            starts_at = NOW + timedelta(
                hours=chance.choice([-1, 24, 240, 700, 1500]) + chance.choice([0, 9, 17])
            )
            session = cast.session(activity, starts_at=starts_at, lasts=timedelta(hours=3), places=10)
            if starts_at > NOW:
                session.places_taken = chance.choice([0, 9, 10])
                session.waiting_count = 1 if session.places_taken == 10 and chance.random() < 0.5 else 0
            if starts_at > NOW and number % 3 == 0:
                session.registration_opens_at = NOW + timedelta(hours=1)
            if chance.random() < 0.15:
                session.cancelled_at = NOW
            session.save()
            sessions.append(session)
        made.append(
            Made(
                title,
                activity.format,
                {topic.lower() for topic in topics},
                host,
                {*languages, *interpretation},
                set(audiences) or {"technical", "elected"},
                set(regions) or set(Region.values),
                sessions,
            )
        )
    return made


def fits(made: Made, asked: dict[str, list[str]]) -> bool:
    """The filters, said once more and in the plainest way."""
    facts = {
        "format": {made.format},
        "topic": made.topics,
        "host": {made.host},
        "language": made.spoken,
        "audience": made.audiences,
        "region": made.regions,
    }
    return all(facts[name] & set(values) for name, values in asked.items() if name in facts) and any(
        session_fits(session, asked) for session in made.sessions
    )


def session_fits(session: Session, asked: dict[str, list[str]]) -> bool:
    if session.ends_at <= NOW:
        return False
    day = session.starts_at.astimezone(ZoneInfo(session.timezone)).date().isoformat()
    if ("from" in asked and day < asked["from"][0]) or ("until" in asked and day > asked["until"][0]):
        return False
    still_possible = session.cancelled_at is None and session.closes_at > NOW
    opened = session.registration_opens_at is None or session.registration_opens_at <= NOW
    left = session.places_taken < session.places and not session.waiting_count
    return ("places" not in asked or (still_possible and left)) and (
        "registration" not in asked or (still_possible and opened)
    )


QUESTIONS = [
    {},
    {"format": ["webinar"]},
    {"format": ["webinar", "online_course"]},
    {"topic": ["mobility"]},
    {"topic": ["mobility", "water"], "host": ["seoul", "cairo"]},
    {"language": ["fr"]},
    {"language": ["ar", "es"], "audience": ["elected"]},
    {"region": ["asia-pacific"], "audience": ["technical"]},
    {"places": ["left"]},
    {"places": ["left"], "format": ["webinar"], "from": ["2027-03-05"]},
    {"registration": ["open"]},
    {"registration": ["open"], "places": ["left"], "host": ["seoul"], "until": ["2027-03-12"]},
    {"from": ["2027-03-02"], "until": ["2027-03-12"]},
    {"until": ["2027-03-02"], "places": ["left"], "language": ["en"]},
]
VALUES = {
    "format": FORMATS,
    "topic": [topic.lower() for topic in TOPICS],
    "host": HOSTS,
    "language": LANGUAGES,
    "audience": ["technical", "elected"],
    "region": list(Region.values),
    "places": ["left"],
    "registration": ["open"],
}


def address(asked: dict[str, list[str]]) -> str:
    return "&".join(f"{name}={value}" for name, values in asked.items() for value in values)


@pytest.mark.parametrize("asked", QUESTIONS, ids=address)
def test_filters_leave_what_fits_all_of_them_and_every_number_is_right(catalog, asked):
    expected = {made.title for made in catalog if fits(made, asked)}
    shown = titles(address(asked), now=NOW)
    assert len(shown) == len(set(shown))
    assert set(shown) == expected

    counted = counts(address(asked), now=NOW)
    assert counted.total == len(expected)
    assert counted.elsewhere == 0
    for name, values in VALUES.items():
        for value in values:
            with_it = {**asked, name: [value]}
            assert counted.of.get(name, {}).get(value, 0) == sum(fits(made, with_it) for made in catalog), (
                name,
                value,
            )
    for name in asked:
        without = {asked_name: values for asked_name, values in asked.items() if asked_name != name}
        assert counted.without[name] == sum(fits(made, without) for made in catalog), name


def test_answers_come_by_the_date_of_their_next_fitting_session(catalog):
    for asked in ({}, {"places": ["left"]}, {"from": ["2027-03-05"]}):
        dates = {
            made.title: min(
                (session.cancelled_at is not None, session.starts_at)
                for session in made.sessions
                if session_fits(session, asked)
            )[1]
            for made in catalog
            if fits(made, asked)
        }
        shown = titles(address(asked), now=NOW)
        assert [dates[title] for title in shown] == sorted(dates.values())


def test_every_pair_of_filters_is_answered(catalog):
    """No combination is an error, past or upcoming."""
    pairs = product(
        ["format=webinar", "topic=water", "language=fr", "region=africa"],
        ["from=2027-01-01", "when=past", "q=activity"],
    )
    for first, second in pairs:
        assert counts(f"{first}&{second}", now=NOW).total == len(titles(f"{first}&{second}", now=NOW))
