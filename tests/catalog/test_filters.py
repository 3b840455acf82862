"""Which filters are shown, which days a session fits, what is upcoming and what is past, what is open to me."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.http import QueryDict

from catalog.listing.browsing import Browse
from catalog.models import Session
from tests import cast

from .asking import counts, question, titles

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def groups_shown(asked: str = "") -> dict[str, list[str]]:
    """The filters that the page shows, with those of their values that leave anything."""
    cache.clear()
    browse = Browse(QueryDict(asked), now=NOW)
    return {group.name: [option.value for option in group.options if option.count] for group in browse.groups}


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
    from registrations.eligibility import first_refusal

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
            if first_refusal(session, person, NOW) is None
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
