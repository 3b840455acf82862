"""Two who say something of one claim at once: real threads on PostgreSQL, and a twin without the lock."""

from datetime import UTC, datetime

import pytest

from membership import actions, errors
from membership.models import Claim
from outbox.models import Letter
from tests import cast
from tests.at_once import at_once, hesitating, trying

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def confirmed_and_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> list:
    claim = actions.claim(person=cast.person(), now=NOON)
    staff = [cast.secretary(name) for name in ("Marta Soler", "Ana Example", "Li Wei", "Jo Doe")]
    monkeypatch.setattr(actions, "locked_claim", hesitating(actions.locked_claim, seconds=0.2))
    sure = [lambda by=by: actions.confirm(claim=claim, ground=Claim.Ground.STAFF, by=by) for by in staff[:2]]
    unsure = [lambda by=by: actions.refuse(claim=claim, by=by) for by in staff[2:]]
    return at_once([trying(deed) for deed in (*sure, *unsure)])


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))


def test_they_follow_each_other_and_the_person_is_told_each_once(monkeypatch):
    answers = confirmed_and_refused_at_once(monkeypatch)
    assert sum(isinstance(answer, errors.ClaimEnded) for answer in answers) >= 1
    assert letters().count("membership_refused") == 1
    assert letters().count("membership_confirmed") <= 1
    assert Claim.objects.get().end == Claim.End.REFUSED


def test_of_the_twin_without_the_lock_the_person_is_told_several_times(monkeypatch):
    monkeypatch.setattr(actions, "lock_person", lambda _number: None)
    confirmed_and_refused_at_once(monkeypatch)
    assert len(letters()) == 4


def test_of_many_who_say_the_same_one_claim_stands():
    person = cast.person()
    answers = at_once(
        [trying(lambda: actions.claim(person=type(person).objects.get(pk=person.pk), now=NOON))] * 8
    )
    assert set(answers) == {Claim.objects.get()}
