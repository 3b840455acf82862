"""Whose an e-mail address is, asked in one place."""

import pytest
from allauth.account.models import EmailAddress

from accounts.actions import correct_email
from accounts.whose import owner_of, owners_of, written_to
from registrations.models import Invitation
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_former_address_says_who_is_meant_until_somebody_else_has_it():
    amina, by = cast.person(email="before@city.example"), cast.secretary()
    correct_email(person=amina, email="now@city.example", why="by telephone", by=by)

    assert owner_of("Before@city.example") is None
    assert owner_of("Before@city.example", formerly=True) == amina
    other = cast.person("Somebody Else", email="before@city.example")
    assert owner_of("before@city.example", formerly=True) == other


def test_which_of_two_who_had_an_address_is_meant_nobody_can_say():
    for name in ("Amina", "Binta"):
        cast.person(name).former_addresses.create(email="desk@city.example")
    assert owner_of("desk@city.example", formerly=True) is None


def test_many_are_asked_for_in_four_statements(django_assert_num_queries):
    own = [cast.person().email for _number in range(3)]
    second = cast.person()
    EmailAddress.objects.create(user=second, email="second@city.example", verified=True)
    cast.person().former_addresses.create(email="third@city.example")
    with django_assert_num_queries(4):  # and one that fetches those who were found in another way
        found = owners_of(
            [*own, "second@city.example", "third@city.example", "nobody@x.example"], formerly=True
        )
    assert len(found) == 5


def test_an_invitation_to_an_address_that_nobody_proved_is_not_theirs():
    amina, session = cast.person(), cast.session()
    EmailAddress.objects.create(user=amina, email="typed@city.example", verified=False)
    cast.invitation(session, "typed@city.example")
    assert not Invitation.objects.filter(written_to(amina)).exists()
    EmailAddress.objects.filter(user=amina).update(verified=True)
    assert Invitation.objects.filter(written_to(amina)).exists()
