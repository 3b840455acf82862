"""Two at once with certificates: real threads on PostgreSQL, and twins without the lock that go wrong."""

from threading import Event

import pytest
from django.db import IntegrityError

from accounts import erasing
from catalog.certificate_rule import Certificate as Kind
from credentials import actions, errors
from credentials.actions import claiming, doors, granting, issuing
from credentials.models import Certificate, Signature
from credentials.models.signatory import signing
from credentials.signature_picture import SignaturePicture
from outbox.models import Letter
from tests import cast
from tests.at_once import at_once, hesitating, trying, without_the_lock

from .making import DAY, certificate, finished, granted_by_hand

pytestmark = pytest.mark.django_db(transaction=True)


def rounds(session, how_many: int = 4):
    return [lambda: actions.issue(session=session, now=session.ends_at + DAY) for _ in range(how_many)]


def test_of_many_rounds_at_once_one_issues(monkeypatch):
    monkeypatch.setattr(issuing, "AT_ONCE", 3)
    session = finished(5)
    made = at_once(rounds(session))
    assert sum(one.issued for one in made) == 5
    assert Certificate.objects.count() == 5
    assert Letter.objects.filter(kind="certificate_issued").count() == 5


def test_the_twin_without_the_lock_issues_twice_or_is_refused_by_the_database(monkeypatch):
    monkeypatch.setattr(issuing, "lock_session", without_the_lock)
    monkeypatch.setattr(issuing, "part_of", hesitating(issuing.part_of))
    session = finished(3)
    answers = at_once(trying(call) for call in rounds(session))
    assert any(isinstance(answer, IntegrityError) for answer in answers)


def test_granted_by_two_at_once_it_is_one():
    session = finished(1)
    registration = session.registrations.get()
    by = cast.secretary()
    calls = [
        lambda: granted_by_hand(registration=registration, kind=Kind.PARTICIPATION, why="She led it.", by=by)
    ] * 4
    answers = at_once(calls)
    assert [type(one) for one in answers].count(Certificate) == 1
    assert [type(one) for one in answers].count(errors.HasOne) == 3


def test_the_twin_without_the_lock_grants_twice_or_is_refused_by_the_database(monkeypatch):
    monkeypatch.setattr(granting, "lock_session", without_the_lock)
    monkeypatch.setattr(granting, "lock_person", lambda registration: registration.person)
    monkeypatch.setattr(granting, "signs_for", hesitating(granting.signs_for))
    session = finished(1)
    registration = session.registrations.select_related("person").get()
    by = cast.secretary()
    calls = [
        lambda: granted_by_hand(registration=registration, kind=Kind.PARTICIPATION, why="She led it.", by=by)
    ] * 4
    assert any(isinstance(answer, IntegrityError) for answer in at_once(trying(call) for call in calls))


def corrected_by_two(first: Certificate):
    person = first.registration.person
    return [
        lambda name=name: actions.correct_name(certificate=first, name=name, by=person)
        for name in ("Aminata Diallo", "Amina Diallo Sow", "A. Diallo")
    ]


def test_of_two_corrections_of_a_name_at_once_the_first_stands():
    first = certificate()
    answers = at_once(corrected_by_two(first))
    assert [type(one) for one in answers].count(errors.NotCurrent) == 2
    assert Certificate.objects.current().count() == 1


def test_the_twin_without_the_lock_is_refused_by_the_database(monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(doors, "lock_person", lambda registration: registration.person)
    monkeypatch.setattr("credentials.actions.naming.next_edition", hesitating(doors.next_edition))
    monkeypatch.setattr("credentials.actions.naming.lock_certificate", hesitating(doors.lock_certificate))
    first = certificate()
    answers = at_once(trying(call) for call in corrected_by_two(first))
    assert not [one for one in answers if isinstance(one, errors.NotCurrent)]
    assert [one for one in answers if isinstance(one, IntegrityError)]


def test_while_a_batch_runs_a_name_is_corrected_and_nobody_has_two(monkeypatch):
    monkeypatch.setattr(issuing, "AT_ONCE", 1)
    session = finished(6)
    actions.issue(session=session, now=session.ends_at)
    first = Certificate.objects.order_by("pk").first()
    person = first.registration.person
    calls = [
        *rounds(session, 2),
        lambda: actions.correct_name(certificate=first, name="Another Name", by=person, now=session.ends_at),
        *rounds(session, 2),
    ]
    at_once(calls)
    assert Certificate.objects.current().count() == 6
    assert Certificate.objects.filter(registration=first.registration).count() == 2


PICTURE = SignaturePicture(b"\x89PNG", 9, 3)


def another_picture_while_a_round_signs(monkeypatch, signs_for):
    """What both answered, and the certificates. The picture comes when the round has found who signs."""
    session, found = finished(2), Event()
    one, by = session.activity.host.signatories.get(), cast.secretary()
    actions.sign_with(signatory=one, picture=PICTURE, by=by)

    def telling(*args):
        signatory = signs_for(*args)
        found.set()
        return signatory

    def change():
        assert found.wait(60)
        actions.sign_with(signatory=one, picture=PICTURE, by=by)

    monkeypatch.setattr(issuing, "signs_for", hesitating(telling, seconds=0.5))
    calls = [lambda: actions.issue(session=session, now=session.ends_at + DAY), change]
    return at_once(trying(call) for call in calls), list(Certificate.objects.all())


def test_a_picture_that_a_round_signs_with_is_not_forgotten_meanwhile(monkeypatch):
    answers, issued = another_picture_while_a_round_signs(monkeypatch, issuing.signs_for)
    assert not [one for one in answers if isinstance(one, Exception)]
    assert len(issued) == 2
    assert {one.signature_id for one in issued} <= set(Signature.objects.values_list("pk", flat=True))
    assert Signature.objects.count() == 2


def test_the_twin_without_the_lock_signs_with_a_picture_that_is_gone(monkeypatch):
    def unlocked(session, now):
        return signing(session.activity.host, now.date()).first()

    answers, issued = another_picture_while_a_round_signs(monkeypatch, unlocked)
    assert any(isinstance(answer, (IntegrityError, Signature.DoesNotExist)) for answer in answers)
    assert not issued


def taken_by_four(registration):
    return [lambda: actions.claim(registration=registration, by=registration.person)] * 4


def test_taken_by_four_presses_while_a_round_is_made_it_is_one():
    session = finished(1)
    registration = session.registrations.get()
    answers = at_once([*taken_by_four(registration), *rounds(session, 2)])
    taken = [type(one) for one in answers[:4]]
    issued = sum(one.issued for one in answers[4:])
    assert taken.count(Certificate) + issued == 1
    assert taken.count(errors.HasOne) + taken.count(Certificate) == 4
    assert Letter.objects.filter(kind="certificate_issued").count() == 1


def test_the_twin_without_the_lock_is_taken_twice_or_refused_by_the_database(monkeypatch):
    monkeypatch.setattr(claiming, "lock_session", without_the_lock)
    monkeypatch.setattr(claiming, "outcomes", hesitating(claiming.outcomes))
    registration = finished(1).registrations.get()
    answers = at_once(trying(call) for call in taken_by_four(registration))
    assert any(isinstance(answer, IntegrityError) for answer in answers)


def erased_while(found: Event, session):
    """A person is erased when the other has looked at them; it waits for no session that is over."""
    person = session.registrations.get().person

    def erase():
        assert found.wait(60)
        erasing.erase_person(person=person, by=person, now=session.ends_at + DAY)

    return erase


def telling(found: Event, function):
    def told(*args, **kwargs):
        answer = function(*args, **kwargs)
        found.set()
        return answer

    return told


def issued_while_erased(monkeypatch):
    session, found = finished(1), Event()
    monkeypatch.setattr(issuing, "part_of", hesitating(telling(found, issuing.part_of), seconds=0.5))
    calls = [lambda: actions.issue(session=session, now=session.ends_at + DAY), erased_while(found, session)]
    answers = at_once(trying(call) for call in calls)
    assert not [one for one in answers if isinstance(one, Exception)]
    return [one.said.name for one in Certificate.objects.all()]


def test_nothing_is_issued_to_who_is_erased_while_a_round_runs(monkeypatch):
    assert issued_while_erased(monkeypatch) == []
    assert not Letter.objects.filter(kind="certificate_issued").exists()


def test_the_twin_without_the_lock_issues_in_the_name_of_who_is_erased(monkeypatch):
    monkeypatch.setattr(issuing, "with_people_locked", lambda part: part)
    assert any(issued_while_erased(monkeypatch))


CHANGES = {
    "withdraw": lambda one, by: actions.withdraw(certificate=one, why="Amina was in Dakar.", by=by),
    "keep": lambda one, by: actions.keep(certificate=one, why="Amina was in Dakar.", by=by),
    "correct_name": lambda one, by: actions.correct_name(certificate=one, name="Amina of Dakar", by=by),
}


def changed_while_erased(monkeypatch, change: str) -> str:
    """What is written about the person afterwards."""
    one, found, by = certificate(), Event(), cast.secretary()
    Certificate.objects.update(doubted_at=one.issued_at)
    called = {"withdraw": "withdrawing", "keep": "withdrawing", "correct_name": "naming"}[change]
    door = f"credentials.actions.{called}.lock_certificate"
    monkeypatch.setattr(door, hesitating(telling(found, doors.lock_certificate), seconds=0.5))
    erase = erased_while(found, one.registration.session)
    answers = at_once(trying(call) for call in (lambda: CHANGES[change](one, by), erase))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    return "".join(row.why_withdrawn + row.why_kept + row.said.name for row in Certificate.objects.all())


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_written_about_who_is_erased_meanwhile(monkeypatch, change):
    assert "Dakar" not in changed_while_erased(monkeypatch, change)


@pytest.mark.parametrize("change", ["withdraw", "keep"])
def test_the_twin_without_the_lock_writes_about_who_is_erased(monkeypatch, change):
    monkeypatch.setattr(doors, "lock_person", lambda registration: registration.person)
    assert "Dakar" in changed_while_erased(monkeypatch, change)
