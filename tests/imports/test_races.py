"""Imports while others register, two workers on one, undone while letters leave: real threads on PostgreSQL, and twins
without the lock that go wrong."""

import threading
import time

import pytest
from django.db import IntegrityError
from django.utils import timezone

from imports import actions
from imports.actions import stepping, taking_back
from imports.models import Entry, Import
from imports.registrations import Registrations
from outbox import delivery, holding
from outbox.models import Letter
from registrations import actions as one_by_one
from tests import cast
from tests.at_once import at_once, hesitating, trying
from tests.waiting import PATIENCE

from .making import imported, people

pytestmark = pytest.mark.django_db(transaction=True)


def begun(session, rows):
    of = imported(session, rows)
    return actions.begin(of=of, by=of.read_by)


def going_on(of):
    return lambda: actions.go_on(of=of)


def test_others_register_meanwhile_and_no_seat_is_given_twice(monkeypatch):
    monkeypatch.setattr(Registrations, "at_once", 5)
    session, crowd = cast.session(places=30), cast.people(20)
    of = begun(session, people(25))
    calls = [
        lambda person=person: one_by_one.register(session=session, person=person, by=person)
        for person in crowd
    ]
    at_once([going_on(of), *calls], threads=8)
    states = list(session.registrations.order_by("queued_at").values_list("state", flat=True))
    assert states == ["confirmed"] * 30 + ["waiting"] * 15
    in_order = session.registrations.filter(import_entries__of=of).order_by("queued_at")
    assert list(in_order.values_list("import_entries__number", flat=True)) == list(range(2, 27))
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (30, 15)


def test_four_workers_on_one_import_do_nobody_twice(monkeypatch):
    monkeypatch.setattr(Registrations, "at_once", 4)
    session = cast.session(places=None)
    of = begun(session, people(20))
    at_once([going_on(of)] * 4)
    assert session.registrations.count() == Letter.objects.count() == 20
    assert set(of.entries.values_list("outcome", flat=True)) == {"new"}


def test_the_twin_without_the_lock_does_rows_twice(monkeypatch):
    """The second one finds the person registered by the first, and writes over what the first one wrote."""
    monkeypatch.setattr(
        stepping, "lock_import", lambda pk: Import.objects.select_related("read_by").get(pk=pk)
    )
    monkeypatch.setattr(
        Entry.objects.none().__class__, "to_do", hesitating_list(Entry.objects.none().__class__.to_do)
    )
    monkeypatch.setattr(stepping, "take_turns", lambda: None)
    session = cast.session(places=None)
    of = begun(session, people(6))
    answers = at_once([trying(going_on(of))] * 4)
    outcomes = set(of.entries.values_list("outcome", flat=True))
    assert "same" in outcomes or any(isinstance(one, IntegrityError) for one in answers)


def hesitating_list(to_do):
    """What is to do is looked at, and then there is a moment."""

    def slow(self):
        found = to_do(self)
        return Slow(found)

    class Slow:
        def __init__(self, found):
            self.found = found

        def __getitem__(self, part):
            return hesitating(lambda: list(self.found[part]), seconds=0.3)()

    return slow


def test_two_imports_of_the_same_people_in_another_order_end():
    first, second = cast.session(places=None), cast.session(places=None)
    rows = people(30)
    made = [begun(first, rows), begun(second, rows[::-1])]
    answers = at_once([trying(going_on(of)) for of in made])
    assert answers == made
    assert first.registrations.count() == second.registrations.count() == 30


def undoing_while_letters_leave(monkeypatch, session, how_many):
    """Letters leave one by one while the import is undone. Answers who got one, who was told of the
    cancellation, and what undoing came to for each."""
    of = actions.go_on(of=begun(session, people(how_many)))
    Letter.objects.update(next_try_at=timezone.now())
    sent: list[str] = []
    started = threading.Event()

    class Mail:
        is_open = True

        def send(self, letter):
            sent.append(letter.to)
            time.sleep(0.01)
            if len(sent) == 2:
                started.set()

        def close(self):
            pass

    def leaving():
        while letter := delivery.claim(Letter.objects.filter(kind="confirmation"), timezone.now()):
            delivery.send(letter, Mail())

    def undoing():
        assert started.wait(PATIENCE)
        actions.begin_undo(of=of, by=of.read_by)
        actions.take_back(of=of)

    at_once([leaving, leaving, undoing])
    told = set(Letter.objects.filter(kind="cancellation").values_list("to", flat=True))
    return set(sent), told, dict(of.entries.values_list("email", "back"))


def test_undone_while_letters_leave_whoever_got_one_gets_the_other_and_nobody_else(monkeypatch):
    monkeypatch.setattr(Registrations, "at_once", 3)
    sent, told, back = undoing_while_letters_leave(monkeypatch, cast.session(places=None), 24)
    assert sent == told == {email for email, came_to in back.items() if came_to == "told"}


def test_the_twin_that_looks_first_leaves_somebody_with_a_letter_and_no_cancellation(monkeypatch):
    """Between its look and its deletion a worker sends the letter. `drop` asks in the statement that stops it."""
    looked, sent = threading.Event(), threading.Event()

    def looks_first(row, *, since, now):
        letters = Letter.objects.about(row).filter(written_at__gte=since)
        left = letters.filter(state__in=["claimed", "sent"]).exists()
        looked.set()
        assert sent.wait(PATIENCE)
        letters.filter(state="waiting").delete()
        return not left

    monkeypatch.setattr(taking_back, "drop", looks_first)
    of = actions.go_on(of=begun(cast.session(), people(1)))
    Letter.objects.update(next_try_at=timezone.now())

    def leaving():
        assert looked.wait(PATIENCE)
        assert delivery.send_due(seconds=5) == 1
        sent.set()

    def undoing():
        actions.begin_undo(of=of, by=of.read_by)
        actions.take_back(of=of)

    at_once([leaving, undoing])
    assert of.entries.get().back == "untold"
    assert list(Letter.objects.values_list("kind", "state")) == [("confirmation", "sent")]


def test_drop_waits_for_a_worker_that_claims_at_this_moment():
    of = actions.go_on(of=begun(cast.session(), people(1)))
    Letter.objects.update(next_try_at=timezone.now())
    registration, letter = of.entries.get().registration, Letter.objects.get()
    claimed = delivery.claim(Letter.objects.all(), timezone.now())
    assert claimed == letter
    assert holding.drop(registration, since=letter.written_at, now=timezone.now()) is False
