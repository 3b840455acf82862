"""At the desk: naming from the organization's page, ending by a step, terms that end, who may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from focal_points.models import FocalPoint
from focal_points.standing import is_focal_point
from outbox.models import Letter
from tests import cast

from .making import claimed, focal_point

pytestmark = pytest.mark.django_db

LIST = "/admin/focal_points/focalpoint/"
IN_A_YEAR = (timezone.now() + timedelta(days=365)).date()


@pytest.fixture
def desk(client: Client, marta: User) -> Client:
    client.force_login(marta)
    return client


def test_naming_is_two_presses_from_the_organization(desk, marta):
    claim = claimed(email="amina@dakar.example")
    organization = cast.organization()
    page = desk.get(reverse("admin:accounts_organization_change", args=[organization.pk])).content.decode()
    naming = f"{LIST}add/?organization={organization.pk}"
    assert naming in page
    form = desk.get(naming)
    assert '<option value="amina@dakar.example">' in form.content.decode()
    facts = {"organization": organization.pk, "email": "amina@dakar.example", "last_day": IN_A_YEAR}
    answer = desk.post(naming, facts, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?organization__id__exact={organization.pk}", 302)]
    assert "Amina Diallo is a focal point of Dakar until" in answer.content.decode()
    assert is_focal_point(claim.person, organization, timezone.now())
    assert Letter.objects.get().kind == "focal_point_named"
    office = FocalPoint.objects.get()
    assert office.named_by == marta
    history = desk.get(f"{LIST}{office.pk}/history/").content.decode()
    assert "made" in history


@pytest.mark.parametrize(
    ("email", "last_day", "words"),
    [
        ("nobody@mail.example", IN_A_YEAR, "Nobody has an account with this address."),
        ("amina@dakar.example", "2020-01-01", "The last day of the term has passed"),
        (
            "amina@dakar.example",
            IN_A_YEAR.replace(year=IN_A_YEAR.year + 3, day=1),
            "A term lasts two years at most",
        ),
        ("marta", IN_A_YEAR, "Nobody names themselves."),
    ],
)
def test_whom_staff_cannot_name(desk, marta, email, last_day, words):
    claimed(email="amina@dakar.example")
    facts = {
        "organization": cast.organization().pk,
        "email": marta.email if email == "marta" else email,
        "last_day": last_day,
    }
    answer = desk.post(f"{LIST}add/", facts)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not FocalPoint.objects.exists()


def test_ending_asks_first(desk, marta):
    office = focal_point()
    step = f"{reverse('admin:focal_points_focalpoint_ending')}?ids={office.pk}"
    assert "1 person will be written to" in desk.get(step).content.decode()
    assert is_focal_point(office.person, office.organization, timezone.now())
    desk.post(step)
    assert not is_focal_point(office.person, office.organization, timezone.now())
    office.refresh_from_db()
    assert office.ended_by == marta
    assert "ended: the secretariat ended it" in desk.get(LIST).content.decode()


def test_the_list_says_who_sees_nothing_although_named(desk):
    office = focal_point()
    assert "in office" in desk.get(LIST).content.decode()
    office.person.claims.update(email="before@dakar.example")
    assert "sees nothing: not confirmed as being of it" in desk.get(LIST).content.decode()
    FocalPoint.objects.update(since=timezone.now() - timedelta(2), until=timezone.now() - timedelta(1))
    assert "the term is over" in desk.get(LIST).content.decode()


def test_the_list_holds_those_of_one_organization(desk):
    focal_point("Fatou")
    focal_point("Kofi", cast.organization("Accra"))
    page = desk.get(f"{LIST}?organization__id__exact={cast.organization('Accra').pk}").content.decode()
    assert "Kofi" in page
    assert "Fatou" not in page


def test_a_term_that_ends_needs_a_person(desk):
    office = focal_point()
    assert "Focal points whose term ends" not in desk.get("/admin/").content.decode()
    FocalPoint.objects.update(until=timezone.now() + timedelta(days=20))
    page = desk.get("/admin/").content.decode()
    assert "Focal points whose term ends" in page
    assert f"{LIST}add/?organization={office.organization_id}" in page


def test_who_reads_may_not_name(client):
    client.force_login(cast.reader())
    focal_point()
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}add/").status_code == 403
    page = client.get(reverse("admin:accounts_organization_change", args=[cast.organization().pk]))
    assert f"{LIST}add/" not in page.content.decode()
    assert "1 focal point" in page.content.decode()
