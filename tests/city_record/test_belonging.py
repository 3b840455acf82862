"""For whom somebody learned: written down when a session is over, and left as it is; counted once it is of enough people."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.erasing import erase_person
from attendance.models import Attendance, Closing
from catalog.models import Session
from city_record import actions
from city_record.models import Belonging
from city_record.record import learners_of, numbers_of
from membership.models import GOOD_FOR, Claim
from registrations.models import Registration
from tests import cast

from .making import HOUR, NOW, claims, its_people, learned, looked_after

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_december():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def amina():
    return cast.person("Amina Diallo")


def belonging_of(person) -> Belonging | None:
    return Belonging.objects.filter(registration__person=person).first()


def test_it_is_the_organization_acted_for_when_the_session_ended(amina):
    claims(amina)
    session = learned([amina])
    for moment, written in ((session.ends_at - HOUR, False), (session.ends_at, True)):
        actions.look_after(now=moment)
        assert Belonging.objects.exists() == written
    amina.organization = cast.organization("Accra")
    amina.save()
    claims(amina)
    looked_after()
    assert Belonging.objects.get().organization.name == "Dakar"


def test_who_named_the_organization_later_did_not_act_for_it_then(amina):
    session = learned([amina])
    claim = claims(amina)
    for days, written in ((1, False), (0, True)):
        Claim.objects.filter(pk=claim.pk).update(claimed_at=session.ends_at + timedelta(days=days))
        looked_after()
        assert Belonging.objects.exists() == written


@pytest.mark.parametrize(("days_before", "written"), [(-1, True), (1, False)])
def test_who_had_left_before_did_not_either(amina, days_before, written):
    session = learned([amina])
    claim = claims(amina)
    ended_at = session.starts_at - timedelta(days=days_before)
    Claim.objects.filter(pk=claim.pk).update(ended_at=ended_at, end="person")
    looked_after()
    assert bool(belonging_of(amina)) == written


def test_a_session_that_was_cancelled_or_for_which_one_cancelled_is_none(amina):
    claims(amina)
    bo = cast.person("Bo Chen")
    claims(bo)
    session = learned([amina])
    Session.objects.filter(pk=session.pk).update(cancelled_at=NOW, cancellation_reason="illness")
    other = learned([bo])
    Attendance.objects.filter(registration__session=other).delete()
    Registration.objects.filter(session=other).update(
        state="cancelled", cancelled_at=NOW, cancelled_for="person", confirmed_at=None
    )
    looked_after()
    assert not Belonging.objects.exists()


def test_it_counts_once_it_is_confirmed_and_stays_so_when_one_leaves(amina):
    claim = claims(amina, confirmed=False)
    learned([amina])
    looked_after()
    assert belonging_of(amina).confirmed_at is None
    claim.confirmed_at, claim.confirmed_until, claim.ground, claim.email = (
        NOW,
        NOW + GOOD_FOR,
        "staff",
        amina.email,
    )
    claim.save()
    looked_after()
    assert belonging_of(amina).confirmed_at == NOW
    claim.delete()  # as a year after it ended
    looked_after(NOW + HOUR)
    assert belonging_of(amina).confirmed_at == NOW


def test_a_confirmation_that_was_over_by_then_confirms_nothing(amina):
    claim = claims(amina)
    session = learned([amina])
    Claim.objects.filter(pk=claim.pk).update(confirmed_until=session.starts_at)
    looked_after()
    assert belonging_of(amina).confirmed_at is None


def test_the_database_counts_nobody_who_is_not_confirmed(amina):
    claims(amina, confirmed=False)
    learned([amina])
    looked_after()
    with pytest.raises(IntegrityError), transaction.atomic():
        Belonging.objects.update(counted_at=NOW)


def test_five_are_counted_together_and_the_public_page_is_made_anew(monkeypatch):
    anew = []
    monkeypatch.setattr(actions, "new_edition", lambda: anew.append(1))
    people = its_people(6)
    learned(people[:4])
    looked_after()
    assert not Belonging.objects.counted().exists()
    learned(people[3:4])  # the fourth again: they are four people still
    looked_after()
    assert not Belonging.objects.counted().exists()
    learned(people[4:5])
    assert not anew
    looked_after()
    assert Belonging.objects.counted().count() == 6
    assert anew
    learned(people[5:])  # one more tells of nobody: it waits for four others
    looked_after()
    assert Belonging.objects.counted().count() == 6


def test_five_of_whom_four_are_named_wait_for_others():
    people = its_people(9)
    for one in people[:4]:
        actions.agree(person=one, organization=one.organization, wording="…")
    learned(people[:5])
    looked_after()
    assert not Belonging.objects.counted().exists()
    learned(people[5:])
    looked_after()
    assert Belonging.objects.counted().count() == 9


def test_another_citys_people_do_not_make_up_the_number():
    learned([*its_people(4), *its_people(4, cast.organization("Accra"))])
    looked_after()
    assert not Belonging.objects.counted().exists()


def test_nobody_is_counted_while_a_list_is_open_or_who_was_not_there():
    people = its_people(6)
    session = learned(people, closed=False)
    Attendance.objects.filter(registration__person=people[0]).update(state="absent")
    looked_after(session.ends_at + timedelta(days=6))
    assert not Belonging.objects.counted().exists()
    Closing.objects.create(meeting=session.meetings.get(), closed_at=session.ends_at)
    looked_after(session.ends_at + timedelta(days=6))
    assert Belonging.objects.counted().count() == 5
    assert belonging_of(people[0]).counted_at is None


def test_what_is_corrected_later_is_not_in_the_numbers():
    people = its_people(6)
    learned(people)
    looked_after()
    Attendance.objects.filter(registration__person=people[0]).update(state="absent")
    assert numbers_of(cast.organization()).years[0].people == 5


def test_who_is_erased_stays_in_the_numbers_without_a_name():
    people = its_people(5)
    learned(people, certified=people)
    looked_after()
    actions.agree(person=people[0], organization=cast.organization(), wording="…")
    erase_person(person=people[0], by=people[0])
    looked_after()
    (year,) = numbers_of(cast.organization()).years
    assert (year.people, year.minutes, year.certificates) == (5, 600, 5)
    assert not learners_of(cast.organization())[2026][people[0].pk].is_listed


def test_everything_may_be_asked_again():
    learned(its_people(5))
    for _again in range(2):
        looked_after()
        assert list(Belonging.objects.values_list("counted_at", flat=True)) == [NOW] * 5
