import pytest

from tests import cast

pytestmark = pytest.mark.django_db


def test_people_may_register_and_are_members_unless_said_otherwise():
    assert cast.person().has_profile
    assert cast.person().organization.is_member()
    assert cast.person(member=False).organization is None
    assert not cast.person(profile=False).has_profile
    assert [person.has_profile for person in cast.people(3)] == [True] * 3


def test_a_coordinator_runs_one_host():
    seoul, cairo = cast.host("seoul"), cast.host("cairo")
    assert list(cast.coordinator(cairo).hosts.all()) == [cairo]
    assert list(cast.coordinator().hosts.all()) == [seoul]


def test_a_session_is_upcoming_public_and_in_the_clock_of_its_host():
    session = cast.session(cast.activity(host=cast.host("cairo")))
    assert session.timezone == "Africa/Cairo"
    assert session.activity.is_public
    assert [(m.starts_at, m.ends_at) for m in session.meetings.all()] == [
        (session.starts_at, session.ends_at)
    ]
