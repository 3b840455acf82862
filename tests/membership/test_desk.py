"""The desk's pages: people of an organization by domain, many confirmed with one press, domains learned and forgotten."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organization, User
from membership import actions
from membership.models import Claim, EmailDomain
from outbox.models import Letter
from tests import cast

pytestmark = pytest.mark.django_db

WAITING = "/admin/membership/claim/waiting/"


@pytest.fixture
def desk(client: Client, marta: User) -> Client:
    client.force_login(marta)
    return client


def claims(*emails: str, **fields: Any) -> list[Claim]:
    made = [actions.claim(person=cast.person(email=email, **fields), now=timezone.now()) for email in emails]
    return [claim for claim in made if claim]


def page_of(organization: Organization) -> str:
    return reverse("admin:accounts_organization_people", args=[organization.pk])


def groups(desk: Client, organization: Organization) -> dict[str, Any]:
    return {group.domain: group for group in desk.get(page_of(organization)).context["groups"]}


def test_many_are_confirmed_with_one_press_and_their_domain_is_learned(desk, marta):
    ones = claims("a@dakar.example", "b@dakar.example", "c@dakar.example", "d@other.example")
    dakar = ones[0].organization
    shown = groups(desk, dakar)
    assert [len(group.to_confirm) for group in shown.values()] == [3, 1]
    ticked = [claim.pk for claim in ones[:2]]
    answer = desk.post(page_of(dakar), {"claim": ticked, "learn": "dakar.example"}, follow=True)
    assert "2 people are confirmed, and told so." in answer.content.decode()
    assert {claim.person.email for claim in Claim.objects.confirmed(timezone.now())} == {
        "a@dakar.example",
        "b@dakar.example",
    }
    assert Letter.objects.filter(kind="membership_confirmed").count() == 2
    assert EmailDomain.objects.get().added_by == marta
    actions.look_after(now=timezone.now())  # who proved an address there needs nobody's press
    shown = groups(desk, dakar)
    assert len(shown["dakar.example"].confirmed) == 3
    assert shown["dakar.example"].known
    desk.post(page_of(dakar), {"forget": shown["dakar.example"].known.pk})
    assert not EmailDomain.objects.exists()


def test_a_providers_domain_and_one_of_several_are_not_offered_to_be_learned(desk):
    EmailDomain.objects.create(
        organization=cast.organization("Thiès"), domain="senegal.example", added_at=timezone.now()
    )
    (one, _two) = claims("a@gmail.com", "b@senegal.example")
    shown = groups(desk, one.organization)
    assert "provider" in shown["gmail.com"].says_nothing
    assert "Thiès" in shown["senegal.example"].says_nothing
    page = desk.get(page_of(one.organization)).content.decode()
    assert 'value="gmail.com"' not in page
    assert " checked" not in page  # nobody is confirmed by a press that was meant for others


def test_bad_input_changes_nothing_and_says_so(desk):
    ours, theirs = (
        claims("a@dakar.example")[0],
        claims("b@accra.example", organization=cast.organization("Accra"))[0],
    )
    dakar = page_of(ours.organization)
    for sent, told in (
        ({}, "Nobody was ticked"),
        ({"claim": ["x", "99999999", str(theirs.pk)]}, ""),
        ({"learn": "gmail.com"}, "says nothing"),
        ({"learn": "no domain"}, "is no e-mail domain"),
        ({"forget": "x"}, ""),
    ):
        answer = desk.post(dakar, sent, follow=True)
        assert answer.status_code == 200
        assert told in answer.content.decode()
    assert not Claim.objects.confirmed(timezone.now()).exists()
    assert not EmailDomain.objects.exists()
    assert desk.get("/admin/accounts/organization/99999999/people/").status_code == 404


def test_organizations_with_people_to_confirm_stand_on_the_first_page_and_on_their_own(desk):
    claims("a@dakar.example", "b@dakar.example")
    (accra,) = claims("c@accra.example", organization=cast.organization("Accra"))
    for page in ("/admin/", WAITING):
        content = desk.get(page).content.decode()
        assert content.index("Dakar") < content.index("Accra")  # most people first
        assert page_of(accra.organization) in content
    assert WAITING in desk.get(reverse("admin:accounts_organization_changelist")).content.decode()
    for claim in Claim.objects.all():
        actions.confirm(claim=claim, ground=Claim.Ground.STAFF, by=cast.secretary("Another"))
    assert "Everybody who acts for an organization is confirmed." in desk.get(WAITING).content.decode()


def test_whom_the_organization_does_not_know_is_asked_about_first(desk):
    (claim,) = claims("a@dakar.example")
    step = f"{reverse('admin:membership_claim_refusing')}?ids={claim.pk}"
    assert "1 person will be written to" in desk.get(step).content.decode()
    claim.refresh_from_db()
    assert claim.ended_at is None
    desk.post(step, {"ids": claim.pk})
    claim.refresh_from_db()
    assert claim.end == Claim.End.REFUSED


@pytest.mark.parametrize("who", [cast.reader, cast.coordinator])
def test_nobody_else_says_who_acts_for_whom(client, who):
    (claim,) = claims("a@dakar.example")
    client.force_login(who())
    assert client.get(WAITING).status_code == 403
    assert client.get(page_of(claim.organization)).status_code == 403
    assert client.post(page_of(claim.organization), {"claim": [claim.pk]}).status_code == 403
    claim.refresh_from_db()
    assert claim.confirmed_at is None


def test_a_page_costs_the_same_with_thirty_people_as_with_three(desk, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    (one, *_more) = claims(*(f"{n}@dakar.example" for n in range(3)))
    desk.get(page_of(one.organization))
    with CaptureQueriesContext(connection) as few:
        desk.get(page_of(one.organization))
    claims(*(f"{n}@dakar.example" for n in range(3, 30)))
    with django_assert_num_queries(len(few)):
        desk.get(page_of(one.organization))


def test_first_stands_for_whom_a_place_is_held_with_until_when(desk):
    waits = actions.claim(person=cast.person("Amina Diallo", email="amina@dakar.example"))
    held = cast.register(
        cast.session(eligibility="members_only"), cast.person("Zoé Sow", email="zoe@dakar.example")
    )
    cast.register(cast.session(), waits.person)  # for everyone: no place of hers waits for a word
    page = desk.get(reverse("admin:accounts_organization_people", args=[waits.organization_id]))
    [group] = page.context["groups"]
    assert [(claim.person.name, claim.held_until) for claim in group.to_confirm] == [
        ("Zoé Sow", held.hold_until),
        ("Amina Diallo", None),
    ]
    assert page.text.count("a place is held until") == 1
