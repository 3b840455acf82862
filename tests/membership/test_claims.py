"""For whom somebody acts: claimed, confirmed, ended, asked again; every move and its refusals, at its hour."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.actions import correct_email, update_profile
from accounts.models import User
from membership import actions, errors
from membership.models import GOOD_FOR, Claim, EmailDomain
from outbox.models import Letter
from tests import cast

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def learned(domain: str = "dakar.example", name: str = "Dakar") -> EmailDomain:
    return EmailDomain.objects.create(organization=cast.organization(name), domain=domain, added_at=NOON)


def official(email: str = "amina@dakar.example", **fields) -> User:
    return cast.person(email=email, **fields)


def claimed(**fields) -> Claim:
    made = actions.claim(person=official(**fields), now=NOON)
    assert made
    return made


def test_who_names_an_organization_claims_it_once():
    amina = official()
    first = actions.claim(person=amina, now=NOON)
    assert first.confirmed_at is None
    assert not first.is_confirmed(NOON)
    assert actions.claim(person=amina, now=NOON + timedelta(days=1)) == first
    assert not Letter.objects.exists()


@pytest.mark.parametrize("fields", [{"member": False}, {"profile": False}])
def test_who_names_none_that_is_listed_claims_nothing(fields):
    assert actions.claim(person=official(**fields), now=NOON) is None


@pytest.mark.parametrize("email", ["amina@dakar.example", "Amina@DAKAR.example"])
def test_a_proven_address_at_a_domain_of_the_organization_confirms(email):
    learned()
    made = claimed(email=email)
    assert made.ground == Claim.Ground.DOMAIN
    assert made.confirmed_by is None
    assert made.confirmed_until == NOON + GOOD_FOR
    assert made.is_confirmed(NOON + GOOD_FOR - timedelta(seconds=1))
    assert not made.is_confirmed(NOON + GOOD_FOR)


@pytest.mark.parametrize(
    "email",
    [
        "amina@water.dakar.example",  # below it is another
        "amina@notdakar.example",
        "dakar.example@elsewhere.example",
        "amina@example",
    ],
)
def test_another_domain_does_not(email):
    learned()
    assert not claimed(email=email).is_confirmed(NOON)


def test_nor_does_an_address_that_nobody_proved():
    learned()
    amina = official()
    EmailAddress.objects.filter(user=amina).update(verified=False)
    assert not actions.claim(person=amina, now=NOON).is_confirmed(NOON)
    assert not actions.behind(NOON).exists()
    EmailAddress.objects.filter(user=amina).update(verified=True)
    assert actions.look_after(now=NOON) == 1
    assert Claim.objects.get().is_confirmed(NOON)


def test_of_a_domain_of_several_a_person_decides():
    learned()
    learned(name="Greater Dakar")
    made = claimed()
    assert not made.is_confirmed(NOON)
    assert not actions.behind(NOON).exists()


@pytest.mark.parametrize("domain", ["gmail.com", "qq.com", "naver.com", "mail.ru", "free.fr", "daum.net"])
def test_nor_is_an_address_at_a_mail_provider_anybodys_word(domain):
    learned(domain)  # however it came there
    assert not claimed(email=f"amina@{domain}").is_confirmed(NOON)
    assert not actions.behind(NOON).exists()  # nobody is looked at again and again
    with pytest.raises(errors.OfAProvider, match=domain):
        actions.learn_domain(organization=cast.organization(), domain=domain, by=cast.secretary())


@pytest.mark.parametrize(
    "domain",
    ["", "dakar", "a b.example", "-x.example", "amina@dakar.example", "x..example", "münchen.example"],
)
def test_what_is_no_domain_is_refused(domain):
    with pytest.raises(errors.NotADomain):
        actions.learn_domain(organization=cast.organization(), domain=domain, by=cast.secretary())
    assert not EmailDomain.objects.exists()


@pytest.mark.parametrize("typed", ["Ville.Example", " ville.example ", "@ville.example"])
def test_a_domain_is_learned_once_as_it_stands_in_addresses(typed):
    by = cast.secretary()
    assert (
        actions.learn_domain(organization=cast.organization(), domain=typed, by=by).domain == "ville.example"
    )
    with pytest.raises(errors.KnownAlready):
        actions.learn_domain(organization=cast.organization(), domain="VILLE.example", by=by)


def test_a_domain_learned_later_confirms_who_waits_and_forgotten_confirms_nobody_new():
    waits = claimed()
    by = cast.secretary()
    domain = actions.learn_domain(organization=waits.organization, domain="dakar.example", by=by, now=NOON)
    assert actions.look_after(now=NOON) == 1
    waits.refresh_from_db()
    assert waits.is_confirmed(NOON)
    actions.forget_domain(domain=domain, by=by)
    assert waits.is_confirmed(NOON)
    assert not claimed(email="bo@dakar.example").is_confirmed(NOON)


def test_staff_confirm_and_the_person_is_told_once():
    made, by = claimed(), cast.secretary()
    for _twice in range(2):
        confirmed = actions.confirm(claim=made, ground=Claim.Ground.STAFF, by=by, now=NOON)
    assert confirmed.is_confirmed(NOON)
    assert confirmed.confirmed_by == by
    letter = Letter.objects.get()
    assert letter.kind == "membership_confirmed"
    assert "Dakar" in letter.subject
    assert "28 February 2029" in letter.text


def test_nobody_confirms_or_refuses_themselves():
    marta = cast.secretary(organization=cast.organization())
    own = actions.claim(person=marta, now=NOON)
    assert own
    for deed in (
        lambda: actions.confirm(claim=own, ground=Claim.Ground.STAFF, by=marta),
        lambda: actions.refuse(claim=own, by=marta),
    ):
        with pytest.raises(errors.IsOwn):
            deed()
    own.refresh_from_db()
    assert not own.is_confirmed(NOON)
    assert own.ended_at is None


def test_whom_the_organization_does_not_know_keeps_its_name_as_words():
    made = claimed()
    actions.refuse(claim=made, by=cast.secretary(), now=NOON)
    person = User.objects.get(pk=made.person_id)
    assert person.organization is None
    assert person.organization_other == "Dakar"
    assert person.has_profile
    assert Letter.objects.get().kind == "membership_refused"
    assert actions.claim(person=person, now=NOON) is None
    assert not actions.behind(NOON).exists()  # it is not claimed anew by itself
    for deed in (actions.refuse, actions.leave, actions.act_for):
        with pytest.raises(errors.ClaimEnded, match="does not know them"):
            deed(claim=made, by=cast.secretary("Another"))


def test_with_another_address_nobody_is_confirmed_until_it_is():
    learned()
    made = claimed()
    person = correct_email(
        person=made.person, email="amina@elsewhere.example", why="Moved.", by=cast.secretary()
    )
    made = Claim.objects.select_related("person").get(pk=made.pk)
    assert not made.is_confirmed(NOON)  # at once, before anybody looks after it
    assert not Claim.objects.confirmed(NOON).exists()
    actions.look_after(now=NOON)
    ended, anew = Claim.objects.order_by("pk")
    assert (ended.end, ended.ended_at) == (Claim.End.ADDRESS, NOON)
    assert not anew.is_confirmed(NOON)
    assert anew.person == person


def test_after_two_years_the_domain_is_asked_again_and_whoever_has_none_waits():
    domain = learned()
    by_domain, by_staff = claimed(), claimed(email="bo@gmail.com", name="Bo Chen")
    actions.confirm(claim=by_staff, ground=Claim.Ground.STAFF, by=cast.secretary(), now=NOON)
    for moment, counts in [
        (NOON + GOOD_FOR - timedelta(days=1), {by_domain, by_staff}),
        (NOON + GOOD_FOR, {by_domain}),
    ]:
        actions.look_after(now=moment)
        assert set(Claim.objects.confirmed(moment)) == counts
        assert (
            set(Claim.objects.to_confirm(moment).exclude(person__is_staff=True))
            == {by_domain, by_staff} - counts
        )
    domain.delete()
    later = NOON + 2 * GOOD_FOR
    actions.look_after(now=later)
    assert not Claim.objects.confirmed(later).exists()


def test_several_are_claimed_and_one_is_acted_for():
    made, other = claimed(), cast.organization("Accra", country="GH")
    amina = made.person
    update_profile(person=amina, by=amina, organization=other, organization_other="")
    second = actions.claim(person=amina, now=NOON)
    assert {made, second} == set(Claim.objects.standing())
    actions.act_for(claim=made, by=amina)
    amina.refresh_from_db()
    assert amina.organization == made.organization
    actions.leave(claim=made, by=amina, now=NOON)
    amina.refresh_from_db()
    assert (amina.organization, amina.organization_other) == (None, "Dakar")
    assert set(Claim.objects.standing()) == {second}


def test_what_is_asked_of_rows_and_of_one_row_is_the_same():
    learned()
    moments = [NOON, NOON + GOOD_FOR - timedelta(days=1), NOON + GOOD_FOR, NOON + GOOD_FOR * 2]
    ones = [
        claimed(),
        claimed(email="bo@gmail.com"),
        claimed(email="chi@dakar.example"),
        claimed(email="dee@dakar.example"),
    ]
    actions.leave(claim=ones[2], by=ones[2].person, now=NOON)
    User.objects.filter(pk=ones[3].person_id).update(email="dee@elsewhere.example")
    for moment in moments:
        each = {one for one in Claim.objects.select_related("person") if one.is_confirmed(moment)}
        assert each == set(Claim.objects.confirmed(moment))


def test_looking_after_goes_on_where_it_stopped():
    people = [official(f"person.{n}@city.example") for n in range(3)]
    assert actions.look_after(now=NOON, at_once=2) == 2
    assert actions.look_after(now=NOON, at_once=2) == 1
    assert actions.look_after(now=NOON, at_once=2) == 0
    assert {claim.person for claim in Claim.objects.all()} == set(people)


def test_what_ended_is_forgotten_after_a_year():
    left, stands = claimed(), claimed(email="bo@dakar.example")
    actions.leave(claim=left, by=left.person, now=NOON)
    assert actions.forget_ended(now=NOON + timedelta(days=365)) == 0
    assert actions.forget_ended(now=NOON + timedelta(days=365, seconds=1)) == 1
    assert Claim.objects.get() == stands
