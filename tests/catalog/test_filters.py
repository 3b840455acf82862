"""What each filter leaves, and the number beside it, against the same asked one activity at a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.http import QueryDict

from accounts.regions import Region
from catalog.browsing import Browse
from catalog.models import Session
from tests import cast

from .asking import counts, question, titles

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


@pytest.fixture
def catalog() -> list[Made]:
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

    found = counts(address(asked), now=NOW)
    assert found.total == len(expected)
    assert found.elsewhere == 0
    for name, values in VALUES.items():
        for value in values:
            with_it = {**asked, name: [value]}
            assert found.of.get(name, {}).get(value, 0) == sum(fits(made, with_it) for made in catalog), (
                name,
                value,
            )
    for name in asked:
        without = {other: values for other, values in asked.items() if other != name}
        assert found.without[name] == sum(fits(made, without) for made in catalog), name


def groups_shown(asked: str = "") -> dict[str, list[str]]:
    """The filters that the page shows, with those of their values that leave anything."""
    cache.clear()
    browse = Browse(QueryDict(asked), now=NOW)
    return {group.name: [one.value for one in group.options if one.count] for group in browse.groups}


def test_a_filter_that_would_leave_out_next_to_nothing_is_not_shown():
    for number in range(21):
        cast.session(
            cast.activity(f"Number {number}", regions=["africa"] if number == 0 else []),
            starts_at=NOW + timedelta(days=1 + number),
            registration_opens_at=NOW + timedelta(hours=1) if number < 2 else None,
        )
    # Places are left everywhere; 20 of 21 are for members of any region but Africa; two are not open yet.
    assert groups_shown() == {"registration": ["open"]}
    assert groups_shown("registration=open") == {"registration": ["open"]}
    assert groups_shown("places=left&format=webinar") == {
        "format": ["webinar"],
        "places": ["left"],
        "registration": ["open"],
    }
    cast.session(cast.activity("In person", format="in_person_program"), starts_at=NOW + timedelta(days=50))
    assert groups_shown()["format"] == ["webinar", "in_person_program"]


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
    for one, other in pairs:
        assert counts(f"{one}&{other}", now=NOW).total == len(titles(f"{one}&{other}", now=NOW))


def test_a_session_is_asked_for_on_the_day_its_host_sees():
    late_there = cast.activity("Night in Seoul")
    cast.session(late_there, starts_at=datetime(2027, 3, 9, 15, 30, tzinfo=UTC))  # 00:30 on the 10th in Seoul
    assert titles("from=2027-03-10&until=2027-03-10", now=NOW) == ["Night in Seoul"]
    assert titles("until=2027-03-09", now=NOW) == []


def test_a_course_at_ones_own_pace_fits_every_day_of_its_window():
    course = cast.activity("At leisure", format="online_course")
    cast.session(
        course, starts_at=NOW - timedelta(days=30), ends_at=NOW + timedelta(days=60), self_paced=True
    )
    assert titles("from=2027-03-20&until=2027-03-25", now=NOW) == ["At leisure"]
    assert titles("from=2027-06-01", now=NOW) == []


# What is upcoming, what is past


def test_a_running_session_is_upcoming_until_its_last_minute():
    activity = cast.activity("Running")
    session = cast.session(activity, starts_at=NOW - timedelta(days=20), lasts=timedelta(days=21))
    assert titles(now=NOW) == ["Running"]
    assert titles(now=session.ends_at - timedelta(seconds=1)) == ["Running"]
    assert titles(now=session.ends_at) == []
    assert titles("when=past", now=session.ends_at) == ["Running"]
    assert titles("when=past", now=NOW) == []


def test_an_activity_called_off_stays_in_the_list_only_while_nothing_else_stands():
    activity = cast.activity("Twice")
    first = cast.session(activity, starts_at=NOW + timedelta(days=2))
    second = cast.session(activity, starts_at=NOW + timedelta(days=5))
    first.cancelled_at = NOW
    first.save()
    shown = question(now=NOW).next_sessions(question(now=NOW).sessions())
    assert [session.pk for session in shown] == [second.pk]
    second.cancelled_at = NOW
    second.save()
    shown = question(now=NOW).next_sessions(question(now=NOW).sessions())
    assert [session.pk for session in shown] == [first.pk]


def test_past_comes_latest_first_and_unknown_dates_last():
    cast.activity("Of unknown date", held_note="About 2021", host=None, offered_by="A partner")
    cast.activity("In 2019", held_on="2019-05-02")
    cast.activity("In 2022", held_on="2022-05-20", held_until="2022-05-21")
    over = cast.activity("Last week")
    cast.session(over, starts_at=NOW - timedelta(days=7))
    assert titles("when=past", now=NOW) == ["Last week", "In 2022", "In 2019", "Of unknown date"]
    assert titles("when=past&from=2022-05-21&until=2022-05-21", now=NOW) == ["In 2022"]
    assert counts("when=past", now=NOW).total == 4


def test_what_is_not_published_is_in_no_list():
    hidden = cast.activity("Hidden", published=False)
    cast.session(hidden, starts_at=NOW + timedelta(days=2))
    withdrawn = cast.activity("Withdrawn", withdrawn_at=NOW)
    cast.session(withdrawn, starts_at=NOW + timedelta(days=2))
    assert titles(now=NOW) == []
    assert counts(now=NOW).total == 0


# Open to me


def test_open_to_me_follows_what_registration_itself_would_say():
    from registrations.eligibility import why_not

    day = timedelta(days=1)
    soon = NOW + 10 * day
    for name, fields in {
        "everyone": {},
        "members only": {"eligibility": "members_only"},
        "members first still": {"eligibility": "members_first", "members_first_until": NOW + day},
        "members first before": {"eligibility": "members_first", "members_first_until": NOW - day},
        "invited": {"eligibility": "invited"},
        "invited by name": {"eligibility": "invited"},
        "not yet open": {"registration_opens_at": NOW + day},
        "closed": {"registration_closes_at": NOW - day},
        "by application": {"admission": "application"},
        "called off": {"cancelled_at": NOW},
    }.items():
        session = cast.session(cast.activity(name), starts_at=soon, **fields)
        if name == "invited by name":
            cast.invitation(session, "Guest@City.example")
            cast.invitation(session, "other@city.example")
    people = [
        cast.person(),
        cast.person("Guest", email="guest@city.example", member=False),
        cast.person(
            "Past member", organization=cast.organization("Elsewhere", member_until=date(2020, 1, 1))
        ),
    ]
    for person in people:
        may = {
            session.activity.title
            for session in Session.objects.select_related("activity")
            if why_not(session, person, NOW) is None
        }
        assert set(titles("mine=open", now=NOW, person=person)) == may, person.name
        assert counts(now=NOW, person=person).of["mine"] == {"open": len(may)}
    assert {"invited by name"} < set(titles("mine=open", now=NOW, person=people[1]))


def test_a_visitor_cannot_ask_for_what_is_open_to_them():
    cast.session(cast.activity("Members only"), starts_at=NOW + timedelta(days=1), eligibility="members_only")
    assert titles("mine=open", now=NOW) == ["Members only"]
    assert "mine" not in counts(now=NOW).of


# What we do not understand


@pytest.mark.parametrize(
    ("asked", "note"),
    [
        ("topic=alchemy", "We do not know “alchemy” under “Topic”, so it was left out."),
        ("format=opera", "We do not know “opera” under “Format”, so it was left out."),
        ("language=xx", "We do not know “xx” under “Language”, so it was left out."),
        ("places=many", "We do not know “many” under “Places”, so it was left out."),
        (
            "from=tomorrow",
            "“tomorrow” is not a day we can read, so it was left out. Write it like 2027-03-31.",
        ),
        (
            "until=2027-02-30",
            "“2027-02-30” is not a day we can read, so it was left out. Write it like 2027-03-31.",
        ),
        ("from=%00", "“�” is not a day we can read, so it was left out. Write it like 2027-03-31."),
    ],
)
def test_what_we_do_not_know_is_left_out_with_a_sentence(asked, note):
    cast.session(cast.activity("Here"), starts_at=NOW + timedelta(days=1))
    asking = question(asked, now=NOW)
    assert asking.notes == [note]
    assert titles(asked, now=NOW) == ["Here"]
    assert asking.address() == ""


def test_of_several_values_the_known_ones_stay():
    cast.session(cast.activity("Here"), starts_at=NOW + timedelta(days=1))
    assert question("topic=alchemy&topic=mobility", now=NOW).address() == "?topic=mobility"
    assert titles("topic=alchemy&topic=mobility", now=NOW) == ["Here"]
