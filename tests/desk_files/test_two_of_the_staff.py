"""One reads a file, the other begins it: what the page says to whoever looks is what they would do."""

import pytest
from auditlog.context import set_actor
from django.test import Client
from django.urls import reverse

from imports import actions
from imports.models import Import
from tests import cast

from .making import outcomes, read

pytestmark = pytest.mark.django_db
HEADINGS = ("Code", "Country as displayed")


@pytest.fixture
def two():
    return cast.secretary("Ana Reads"), cast.secretary("Bea Begins")


def page(of: Import, person) -> str:
    client = Client()
    client.force_login(person)
    return client.get(of.get_absolute_url()).text + client.get(reverse("imports:refused", args=[of.pk])).text


def changed(by, slug: str) -> None:
    with set_actor(by):
        organization = cast.organization(slug)
        organization.country_label = f"As {by} says"
        organization.save()


def begun_by(of: Import, person) -> Import:
    with set_actor(person):
        return actions.go_on(of=actions.begin(of=of, by=person))


def test_what_who_begins_changed_meanwhile_is_shown_to_them_as_it_is_done(two):
    reads, begins = two
    cast.organization("Lima")
    of = read("organizations", [("lima", "Peru, the republic")], HEADINGS, by=reads)
    changed(begins, "Lima")
    assert "Bea Begins changed it" in page(of, reads)
    theirs = page(of, begins)
    assert "Bea Begins changed it" not in theirs
    assert "As Bea Begins says" in theirs
    assert outcomes(begun_by(of, begins)) == [("changed", "")]


def test_what_who_read_it_changed_meanwhile_is_left_alone_where_the_other_begins(two):
    reads, begins = two
    cast.organization("Quito")
    of = read("organizations", [("quito", "Ecuador, the republic")], HEADINGS, by=reads)
    changed(reads, "Quito")
    assert "Ana Reads changed it" in page(of, begins)
    [(outcome, why)] = outcomes(begun_by(of, begins))
    assert outcome == "refused"
    assert "Ana Reads changed it" in why
    of.refresh_from_db()
    assert of.read_by == begins


def test_looking_at_what_another_has_read_changes_nobody(two):
    reads, begins = two
    cast.organization("Dakar")
    of = read("organizations", [("dakar", "Sénégal")], HEADINGS, by=reads)
    assert "Ana Reads" in page(of, begins)
    of.refresh_from_db()
    assert of.read_by == reads
