"""A person's own page of whom they act for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from membership import actions
from membership.models import Claim
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = "/me/organizations/"


@pytest.fixture
def amina(client):
    person = cast.person()
    client.force_login(person)
    return person


def test_it_says_what_is_claimed_and_until_when_it_counts(client, amina):
    assert "You have not named an organization yet" in client.get(PAGE).content.decode()
    claim = actions.claim(person=amina)
    assert "Still to be confirmed" in client.get(PAGE).content.decode()
    assert "You wrote that you act" in client.get("/me/").content.decode()
    actions.confirm(claim=claim, ground=Claim.Ground.STAFF, by=cast.secretary())
    page = client.get(PAGE).content.decode()
    assert "Confirmed by the secretariat. It counts until" in page
    assert "You wrote that you act" not in client.get("/me/").content.decode()


def test_one_is_left_and_another_acted_for(client, amina):
    first = actions.claim(person=amina)
    amina.organization = cast.organization("Accra")
    amina.save()
    second = actions.claim(person=amina)
    client.post(PAGE, {"act_for": first.pk})
    amina.refresh_from_db()
    assert amina.organization == first.organization
    page = client.post(PAGE, {"leave": first.pk}, follow=True).content.decode()
    assert "you no longer act for Dakar" in page
    assert "the person said so" in page
    assert set(Claim.objects.standing()) == {second}
    amina.refresh_from_db()
    assert amina.has_profile


def test_nobody_speaks_for_another(client, amina):
    theirs = actions.claim(person=cast.person("Bo Chen"))
    for deed in ("leave", "act_for"):
        for number in (theirs.pk, "x", "", "9" * 30):
            assert client.post(PAGE, {deed: number}).status_code == 404
    assert client.post(PAGE, {}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.ended_at is None
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_looking_changes_nothing(client, amina):
    actions.claim(person=amina, now=timezone.now() - timedelta(days=1))
    before = list(Claim.objects.values())
    client.get(PAGE)
    client.get("/me/")
    assert list(Claim.objects.values()) == before
