"""What the page of an activity says to me about each of its sessions."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from catalog.models import Session
from tests import cast

pytestmark = pytest.mark.django_db

TAG = Template(
    "{% load registration_tags %}{% for session in sessions %}{% registration_state session %}{% endfor %}"
)


@pytest.fixture
def says(rf: RequestFactory):
    def say(person, *sessions):
        request = rf.get("/")
        request.user = person or AnonymousUser()
        return TAG.render(Context({"request": request, "sessions": sessions}))

    return say


def test_a_visitor_is_led_to_the_form(says):
    session = cast.session()
    assert f"/sessions/{session.pk}/registration/" in says(None, session)


def test_nobody_is_led_where_registration_is_closed(says):
    closed = cast.session(registration_closes_at=timezone.now() - timedelta(days=1))
    for reader in (None, cast.person()):
        assert "Registration closed on" in says(reader, closed)
        assert "/registration/" not in says(reader, closed)


def test_i_am_told_why_i_may_not(says):
    session = cast.session(eligibility=Session.Eligibility.MEMBERS_ONLY)
    assert "people of member organizations" in says(cast.person(member=False), session)
    assert "/registration/" in says(cast.person(), session)


def test_the_short_form_is_no_reason_to_stay_out(says):
    assert "/registration/" in says(cast.person(profile=False), cast.session())


def test_i_see_my_own_registration_and_my_place_in_the_line(says):
    session = cast.session(places=1)
    has_a_place, waits = cast.register(session), cast.register(session)
    session.refresh_from_db()
    assert has_a_place.get_absolute_url() in says(has_a_place.person, session)
    assert "Confirmed" in says(has_a_place.person, session)
    assert "Waiting, number 1" in says(waits.person, session)
    assert waits.get_absolute_url() not in says(has_a_place.person, session)


def test_many_sessions_cost_one_query(says, django_assert_num_queries):
    activity = cast.activity()
    sessions = [cast.session(activity, places=1) for _i in range(4)]
    amina = cast.person()
    for session in sessions:
        cast.register(session)
        cast.register(session, amina)
    with django_assert_num_queries(1):
        assert says(amina, *sessions).count("Waiting, number 1") == 4


def test_of_a_full_session_the_button_says_what_it_does(says):
    session = cast.session(places=1)
    assert "Join the waiting list" not in says(None, session)
    cast.register(session)
    session.refresh_from_db()
    for reader in (None, cast.person()):
        assert "Join the waiting list" in says(reader, session)
