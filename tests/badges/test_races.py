"""Two at once with badges: real threads on PostgreSQL, and twins without the lock that go wrong."""

from threading import Event

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from accounts.erasing import erase_person
from badges import forgetting
from badges.actions import giving, renewing
from badges.due import without_badge
from badges.models import Badge, StatusList
from credentials import actions as certificates
from tests import cast
from tests.at_once import at_once, hesitating, trying
from tests.credentials.making import certificate, finished

from .making import bits, keep_up_now, signed, signer

pytestmark = pytest.mark.django_db(transaction=True)


def workers(how_many: int = 4):
    by = signer()
    return [lambda: giving.give(by=by, now=timezone.now()) for _ in range(how_many)]


def issued(people: int) -> None:
    session = finished(people)
    certificates.issue(session=session, now=session.ends_at)


def test_many_workers_at_once_give_everybody_one_badge(monkeypatch):
    monkeypatch.setattr(giving, "AT_ONCE", 2)
    issued(6)
    calls = workers(8)
    assert sum(given for given, _failed in at_once(calls)) == 6
    assert Badge.objects.count() == 6
    assert StatusList.objects.count() == 1


def test_the_twin_without_the_lock_is_refused_by_the_database(monkeypatch):
    issued(4)
    by = signer()
    giving.give(by=by, now=timezone.now(), leaving=[one.pk for one in without_badge()])
    monkeypatch.setattr(giving, "locked_list", lambda by, now: StatusList.objects.get(number=1))
    monkeypatch.setattr(giving, "locking", lambda certificates: certificates)
    monkeypatch.setattr(giving, "free_places", hesitating(giving.free_places))
    answers = at_once(trying(call) for call in workers())
    assert any(isinstance(answer, IntegrityError) for answer in answers)


@pytest.fixture
def slowly(monkeypatch):
    """The signing goes on when it is told so: `begun` says that it holds."""
    begun, goes_on, whole = Event(), Event(), giving.sign

    def sign(badge, by, now):
        whole(badge, by, now)
        begun.set()
        goes_on.wait(10)

    monkeypatch.setattr(giving, "sign", sign)
    return begun, goes_on


def while_signing(slowly, change) -> None:
    """The change is done before the signing is, or the test would wait for ever."""
    (begun, goes_on), by = slowly, signer()

    def meanwhile():
        begun.wait(10)
        try:
            change()
        finally:
            goes_on.set()

    at_once([lambda: giving.give(by=by, now=timezone.now()), meanwhile])


def test_nobody_waits_for_a_badge_that_is_being_signed(slowly):
    hidden, withdrawn = certificate("Amina Diallo"), certificate("Omar Haddad")
    person, secretary = hidden.registration.person, cast.secretary()
    done = []

    def change():
        certificates.show_name(certificate=hidden, shown=False, by=person)
        certificates.withdraw(certificate=withdrawn, why="Another.", by=secretary)
        done.append(not slowly[1].is_set())

    while_signing(slowly, change)
    assert done == [True]
    assert [badge.certificate for badge in Badge.objects.all()] == [hidden]


def test_the_twin_that_locks_before_it_signs_lets_them_wait(slowly, monkeypatch):
    made, late = certificate("Amina Diallo"), []
    without_badge = giving.without_badge
    monkeypatch.setattr(giving, "without_badge", lambda: giving.locking(without_badge()))

    def change():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            late.append(trying(lambda: certificates.show_name(certificate=made, shown=False, by=None))())

    while_signing(slowly, change)
    assert isinstance(late[0], OperationalError)


def test_who_is_erased_while_the_badge_is_signed_leaves_no_name(slowly):
    person = certificate("Amina Diallo").registration.person
    while_signing(slowly, lambda: erase_person(person=person, by=person))
    assert not Badge.objects.exists()


def test_the_twin_that_does_not_look_again_leaves_the_name(slowly, monkeypatch):
    monkeypatch.setattr(giving, "still_standing", list)
    person = certificate("Amina Diallo").registration.person
    while_signing(slowly, lambda: erase_person(person=person, by=person))
    assert "Amina Diallo" in Badge.objects.get().document


@pytest.mark.parametrize(("waits", "left"), [(True, ""), (False, "Amina Diallo")])
def test_who_is_erased_while_the_signed_badge_is_written_leaves_no_name_and_the_twin_does(
    monkeypatch, waits, left
):
    person, by = certificate("Amina Diallo").registration.person, signer()
    looked, erased, whole = Event(), Event(), giving.still_standing

    def slowly_written(badges):
        found = whole(badges)
        looked.set()
        erased.wait(0.5)
        return found

    monkeypatch.setattr(giving, "still_standing", slowly_written)
    if not waits:
        monkeypatch.setattr(forgetting, "wait_for_signing", lambda person: None)
        monkeypatch.setattr(giving, "locking", lambda certificates: certificates)

    def erase():
        looked.wait(10)
        erase_person(person=person, by=person)
        erased.set()

    at_once([lambda: giving.give(by=by, now=timezone.now()), erase])
    assert left in Badge.objects.get().document
    assert bool(left) == bool(Badge.objects.get().document)


def test_withdrawn_while_lists_are_renewed_the_next_renewal_says_it(monkeypatch):
    badge = signed()
    secretary, by = cast.secretary(), signer()
    monkeypatch.setattr(renewing, "places_refused", hesitating(renewing.places_refused))
    at_once(
        [
            *[lambda: renewing.renew(1, by=by, now=timezone.now())] * 3,
            lambda: certificates.withdraw(certificate=badge.certificate, why="Another.", by=secretary),
        ]
    )
    keep_up_now(now=timezone.now())
    assert bits() == [badge.place]


def test_the_twin_without_the_lists_lock_may_write_what_it_read_before(monkeypatch):
    badge = signed()
    secretary, by, read, written = cast.secretary(), signer(), Event(), Event()
    monkeypatch.setattr(renewing, "locked", lambda number: StatusList.objects.get(number=number))
    monkeypatch.setattr(renewing, "is_to_be_signed", lambda *facts: True)
    whole = renewing.places_refused

    def old_news(number):
        places = whole(number)
        if not read.is_set():
            read.set()
            written.wait(10)
        return places

    monkeypatch.setattr(renewing, "places_refused", old_news)

    def withdraw_and_renew():
        read.wait(10)
        certificates.withdraw(certificate=badge.certificate, why="Another.", by=secretary)
        renewing.renew(1, by=by, now=timezone.now())
        written.set()

    at_once([lambda: renewing.renew(1, by=by, now=timezone.now()), withdraw_and_renew])
    assert bits() == []
