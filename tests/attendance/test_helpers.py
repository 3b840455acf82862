"""Helpers: named by the host's staff for one session, from a week before to two weeks after, and nothing else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts import erasing
from attendance import access, actions, errors
from attendance.models import Helper
from outbox.models import Letter
from tests import cast

from .making import meeting_of, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return program()


def test_a_helper_is_named_by_e_mail_and_told_once(session):
    by = cast.coordinator()
    leo = cast.person("Leo Brandt", email="leo@city.example", language="fr")
    helper = actions.name_helper(session=session, email="Leo@City.example", post="assistant", by=by)
    again = actions.name_helper(session=session, email="leo@city.example", post="trainer", by=by)
    assert (helper.pk, again.post) == (again.pk, "trainer")
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.language, letter.person) == (
        "helper_named",
        "leo@city.example",
        "fr",
        leo,
    )
    assert f"/fr/meetings/{meeting_of(session).pk}/attendance/" in letter.text


def test_who_has_no_account_yet_may_be_named(session):
    actions.name_helper(session=session, email="new@city.example", post="trainer", by=cast.coordinator())
    assert Letter.objects.get().person is None
    assert access.helps(cast.person(email="new@city.example"), session, session.starts_at)


def test_a_helper_helps_from_a_week_before_to_two_weeks_after(session):
    leo = cast.person("Leo Brandt")
    actions.name_helper(session=session, email=leo.email.upper(), post="assistant", by=cast.coordinator())
    other = program()
    second = timedelta(seconds=1)
    first, last = session.starts_at - timedelta(days=7), session.ends_at + timedelta(days=14)
    assert [access.helps(leo, session, at) for at in (first - second, first, last - second, last)] == [
        False,
        True,
        True,
        False,
    ]
    assert not access.helps(leo, other, session.starts_at)
    assert not access.helps(cast.person(), session, session.starts_at)
    assert not access.helps(AnonymousUser(), session, session.starts_at)


def test_an_unproven_address_helps_nobody(session):
    leo = cast.person("Leo Brandt")
    actions.name_helper(
        session=session, email="someone@city.example", post="assistant", by=cast.coordinator()
    )
    leo.emailaddress_set.create(email="someone@city.example", verified=False)
    assert not access.helps(leo, session, session.starts_at)


def test_there_is_an_end_to_helpers(session, monkeypatch):
    monkeypatch.setattr("attendance.actions.helpers.HELPERS_AT_MOST", 1)
    by = cast.coordinator()
    actions.name_helper(session=session, email="one@city.example", post="trainer", by=by)
    with pytest.raises(errors.TooManyHelpers) as refused:
        actions.name_helper(session=session, email="two@city.example", post="trainer", by=by)
    assert "1" in refused.value.sentence


def test_an_erased_helper_is_no_helper(session):
    leo = cast.person("Leo Brandt")
    actions.name_helper(session=session, email=leo.email, post="assistant", by=cast.coordinator())
    erasing.erase(person=leo, by=leo, now=timezone.now())
    assert not Helper.objects.exists()


def test_the_page_is_for_the_hosts_staff_and_names_and_dismisses(client, session):
    page = f"/sessions/{session.pk}/helpers/"
    typed = {"email": "leo@city.example", "post": "trainer"}
    helper = cast.person("Helga Ek", email="helga@city.example")
    by = cast.coordinator()
    actions.name_helper(session=session, email=helper.email, post="assistant", by=by)
    for person, looks, names in (
        (cast.person(), 404, 404),
        (helper, 404, 404),
        (cast.coordinator(cast.host("cairo"), "Mona Aziz"), 404, 404),
        (cast.reader(), 200, 403),
    ):
        client.force_login(person)
        assert client.get(page).status_code == looks
        assert client.post(page, typed).status_code == names
        one = Helper.objects.get()
        assert client.post(f"{page}{one.pk}/dismissal/").status_code == names
    client.force_login(by)
    assert client.post(page, {"email": "leo", "post": "trainer"}).status_code == 422
    assert client.post(page, typed).status_code == 302
    assert "leo@city.example" in client.get(page).text
    leo = Helper.objects.get(email="leo@city.example")
    assert client.get(f"{page}{leo.pk}/dismissal/").status_code == 405
    assert client.post(f"{page}{leo.pk}/dismissal/").status_code == 302
    assert list(Helper.objects.values_list("email", flat=True)) == ["helga@city.example"]


def test_the_page_leads_to_the_helpers_for_who_may_see_them(client):
    session = cast.session()
    page = reverse("admin:catalog_session_change", args=[session.pk])
    for person in (cast.secretary(), cast.reader()):
        client.force_login(person)
        assert f'href="/sessions/{session.pk}/helpers/"' in client.get(page).text
