"""Two focal points at once, and one who is ended while they confirm: real threads, and twins without the lock."""

import pytest

from focal_points import actions, errors, waiting
from focal_points.models import FocalPoint
from membership import actions as membership
from membership import errors as claim_errors
from membership.models import Claim
from outbox.models import Letter
from tests import cast
from tests.at_once import at_once, hesitating, trying

from .making import claimed, focal_point, marta

pytestmark = pytest.mark.django_db(transaction=True)


def nothing(*_people: int) -> None:
    """Instead of a lock."""


def told(kind: str) -> int:
    return Letter.objects.filter(kind=kind).count()


def of_two_minds(monkeypatch: pytest.MonkeyPatch) -> list:
    """Two confirm and two refuse one person."""
    claim = claimed()
    people = [focal_point(name).person for name in ("Awa", "Bo", "Chi", "Dia")]
    monkeypatch.setattr(membership, "locked_claim", hesitating(membership.locked_claim, seconds=0.5))
    fresh = [Claim.objects.get(pk=claim.pk) for _one in people]
    sure = [
        lambda c=c, by=by: actions.confirm(claim=c, by=by) for c, by in zip(fresh, people[:2], strict=False)
    ]
    unsure = [
        lambda c=c, by=by: actions.refuse(claim=c, by=by) for c, by in zip(fresh[2:], people[2:], strict=True)
    ]
    return at_once([trying(deed) for deed in (*sure, *unsure)])


def test_of_two_minds_one_word_stands_and_the_person_is_told_once(monkeypatch):
    answers = of_two_minds(monkeypatch)
    refused = [one for one in answers if isinstance(one, errors.ConfirmedMeanwhile | claim_errors.ClaimEnded)]
    claim = Claim.objects.get(person__name="Amina Diallo")
    if claim.ended_at:
        assert (len(refused), told("membership_refused"), told("membership_confirmed")) == (3, 1, 0)
    else:
        assert (len(refused), told("membership_refused"), told("membership_confirmed")) == (2, 0, 1)


def test_of_the_twin_without_the_lock_they_are_told_both(monkeypatch):
    monkeypatch.setattr(actions, "lock_people", nothing)
    monkeypatch.setattr(membership, "lock_person", nothing)
    of_two_minds(monkeypatch)
    assert told("membership_refused") + told("membership_confirmed") > 1


def ended_while_confirming(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the person was confirmed after the moment at which the right ended."""
    claim, office = claimed(), focal_point()
    monkeypatch.setattr(actions, "is_focal_point", hesitating(actions.is_focal_point, seconds=0.3))
    staff = marta()
    at_once(
        [
            trying(lambda: actions.confirm(claim=claim, by=office.person)),
            trying(lambda: actions.end(focal_point=office, by=staff)),
        ]
    )
    claim, office = Claim.objects.get(pk=claim.pk), FocalPoint.objects.get(pk=office.pk)
    assert office.ended_at
    if claim.confirmed_at is None:
        return False
    confirmed, ended = (
        Letter.objects.get(kind=kind) for kind in ("membership_confirmed", "focal_point_ended")
    )
    return confirmed.pk > ended.pk


def test_nobody_is_confirmed_after_the_right_ended(monkeypatch):
    assert not ended_while_confirming(monkeypatch)


def test_of_the_twin_without_the_lock_somebody_is(monkeypatch):
    monkeypatch.setattr(actions, "lock_people", nothing)
    assert ended_while_confirming(monkeypatch)


def test_two_who_confirm_each_other_do_not_wait_in_a_circle():
    """Each is a focal point of a city of which the other is to be confirmed."""
    accra = cast.organization("Accra")
    one, other = focal_point("One").person, focal_point("Other", of=accra).person
    claims = {}
    for person, of in ((one, accra), (other, cast.organization())):
        person.organization = of
        person.save()
        claims[person] = membership.claim(person=person)
    answers = at_once(
        [
            trying(lambda: actions.confirm(claim=claims[other], by=one)),
            trying(lambda: actions.confirm(claim=claims[one], by=other)),
        ]
    )
    assert all(isinstance(answer, Claim) for answer in answers)


def test_two_workers_write_one_letter():
    focal_point()
    claim = claimed()
    at_once([trying(lambda: waiting.tell(now=claim.claimed_at))] * 8)
    assert told(waiting.letters.WAITING) == 1
