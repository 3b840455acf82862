"""What “My pages” says is to be done next about certificates."""

from datetime import timedelta

import pytest
from django.test import Client

from credentials import actions
from tests import cast

from .making import close_all, granted_by_hand, program, registered, signatory, there, with_rule

pytestmark = pytest.mark.django_db


def met_the_rule_without_a_name(person):
    """The name was taken out of the profile since."""
    session = with_rule(program(1))
    by = cast.secretary()
    (registration,) = registered(session, person)
    person.name = ""
    person.save()
    there(session, registration, 1, by=by)
    close_all(session, by=by)
    signatory(session.activity.host)
    actions.issue(session=session, now=session.ends_at)
    return registration


def my_pages(person) -> str:
    client = Client()
    client.force_login(person)
    return client.get("/me/").text


def test_who_said_no_name_is_told_that_a_certificate_waits_for_it():
    person = cast.person("Amina Diallo")
    registration = met_the_rule_without_a_name(person)
    page = my_pages(person)
    assert "Your certificate for “Water in dense cities” waits for your name." in page
    assert f'href="{registration.get_absolute_url()}"' in page
    assert "waits for your name" not in my_pages(cast.person("Sofia Reyes"))


def test_it_is_told_no_more_once_the_name_is_said_or_a_certificate_was_granted():
    person = cast.person("Amina Diallo")
    registration = met_the_rule_without_a_name(person)
    person.name = "Amina Diallo"
    person.save()
    assert "waits for your name" not in my_pages(person)
    other = cast.person("Omar Haddad")
    registration = met_the_rule_without_a_name(other)
    other.name = "Omar Haddad"
    other.save()
    granted_by_hand(
        registration=registration,
        kind="participation",
        why="He led it.",
        by=cast.secretary(),
        now=registration.session.ends_at + timedelta(hours=1),
    )
    other.name = ""
    other.save()
    assert "waits for your name" not in my_pages(other)
