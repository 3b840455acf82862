"""Two at once with messages: real threads on PostgreSQL, and twins without the lock that go wrong."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Thread, local

import pytest
from auditlog.models import LogEntry
from django.db import connection

from messaging import actions, errors
from messaging.actions import sending
from messaging.models import Message
from outbox.models import Letter
from registrations.actions import cancel, register
from tests import cast
from tests.at_once import at_once, hesitating, trying

from .making import FRENCH, NOW, WORDS, drafted, session_with

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(message: Message) -> Message:
    """Instead of `lock_message`."""
    return Message.objects.select_related("session__activity__host").get(pk=message.pk)


# No measure of speed. Who is held up by the lock is left waiting after a moment; whom nothing holds up is waited for,
# however slow the machine.
HELD_UP, PATIENT = 0.3, 60


def together(function: Callable, threads: int) -> Callable:
    """What twins without a lock do: so many have looked, once each, before one of them goes on."""
    barrier, mine = Barrier(threads), local()

    def looking(*args, **kwargs):
        answer = function(*args, **kwargs)
        if not hasattr(mine, "has_looked"):
            mine.has_looked = True
            with suppress(BrokenBarrierError):
                barrier.wait(PATIENT)
        return answer

    return looking


def meanwhile(function: Callable, deed: Callable, *, patience: float) -> Callable:
    """After `function` answered for the first time the deed is begun, and waited for as long as the patience lasts."""
    begun, done = Event(), Event()

    def do():
        try:
            deed()
        finally:
            done.set()
            connection.close()

    def looking(*args, **kwargs):
        answer = function(*args, **kwargs)
        if not begun.is_set():
            begun.set()
            looking.thread = Thread(target=do)
            looking.thread.start()
            done.wait(patience)
        return answer

    return looking


def sends(message: Message) -> list:
    """Two of the staff press twice each, and what each press begins with is written."""

    def press(by):
        actions.send(message=message, by=by)
        return actions.write_part(message=message)

    staff = [cast.secretary("Marta Soler"), cast.secretary("Pau Vidal")]
    return [lambda by=by: press(by) for by in staff * 2]


def times_sent(message: Message) -> int:
    told = LogEntry.objects.get_for_object(message).filter(changes__has_key="sent_at")
    return sum(entry.action == LogEntry.Action.UPDATE for entry in told)


def test_two_press_send_at_once_and_it_is_sent_once():
    message = drafted(session_with(*cast.people(5, language="en")))
    at_once(sends(message))
    message.refresh_from_db()
    assert message.letters_written == Letter.objects.count() == 5
    assert times_sent(message) == 1


def test_the_twin_without_the_lock_sends_twice(monkeypatch):
    monkeypatch.setattr(sending, "lock_message", together(unlocked, 4))
    message = drafted(session_with(*cast.people(5, language="en")))
    at_once(trying(call) for call in sends(message))
    assert times_sent(message) > 1


def parts(message: Message, how_many: int = 4) -> list:
    return [lambda: actions.write_all(message=message)] * how_many


def of_many(monkeypatch) -> Message:
    monkeypatch.setattr(sending, "AT_ONCE", 3)
    message = drafted(session_with(*cast.people(10, language="en")))
    return actions.send(message=message, by=cast.secretary())


def test_of_many_workers_each_takes_the_next_part(monkeypatch):
    message = of_many(monkeypatch)
    at_once(parts(message))
    message.refresh_from_db()
    assert message.letters_written == Letter.objects.count() == 10
    assert Letter.objects.values("person").distinct().count() == 10


def test_the_twin_without_the_lock_writes_what_others_write(monkeypatch):
    monkeypatch.setattr(sending, "lock_message", unlocked)
    message, written = of_many(monkeypatch), []
    monkeypatch.setattr(sending, "people_of", together(sending.people_of, 4))
    write = sending.letters.write

    def counting(_message, registrations, *, now):
        written.extend(one.pk for one in registrations)
        return write(_message, registrations, now=now)

    monkeypatch.setattr(sending.letters, "write", counting)
    at_once(trying(call) for call in parts(message))
    assert len(written) > 10, "what the lock keeps from being done twice; the key keeps the letter one"
    assert Letter.objects.count() == 10


def withdrawn_while_it_is_written(monkeypatch, *, patience: float) -> int:
    """It is withdrawn when the worker has looked who is there. How many letters still wait to go in the end."""
    message, by = drafted(session_with(*cast.people(5, language="en"))), cast.secretary()
    actions.send(message=message, by=by)
    looking = meanwhile(
        sending.lock_people, lambda: actions.withdraw(message=message, by=by), patience=patience
    )
    monkeypatch.setattr(sending, "lock_people", looking)
    actions.write_all(message=message)
    looking.thread.join()
    return Letter.objects.filter(state="waiting").count()


def test_withdrawn_while_it_is_written_nothing_waits_any_more(monkeypatch):
    assert withdrawn_while_it_is_written(monkeypatch, patience=HELD_UP) == 0


def test_the_twin_without_the_lock_leaves_letters_that_go(monkeypatch):
    monkeypatch.setattr(sending, "lock_message", unlocked)
    assert withdrawn_while_it_is_written(monkeypatch, patience=PATIENT) == 5


def told_after_they_left(monkeypatch, *, patience: float) -> list[int]:
    """Somebody gives the place back when the worker has looked who is there. Answers whose message comes after the
    letter that says so."""
    session = session_with(*cast.people(5, language="en"))
    message = actions.send(message=drafted(session), by=cast.secretary())
    leaves = session.registrations.select_related("person").first()
    looking = meanwhile(
        sending.lock_people, lambda: cancel(registration=leaves, by=leaves.person), patience=patience
    )
    monkeypatch.setattr(sending, "lock_people", looking)
    actions.write_all(message=message)
    looking.thread.join()
    told, gave_back = numbers_of("session_message"), numbers_of("cancellation")
    assert list(gave_back) == [leaves.person_id]
    return [person for person, number in told.items() if number > gave_back.get(person, number)]


def numbers_of(kind: str) -> dict[int, int]:
    """Of the letters to each person, which rise as they are written."""
    return dict(Letter.objects.filter(kind=kind).values_list("person", "pk"))


def test_who_gives_the_place_back_meanwhile_was_told_before_or_is_not(monkeypatch):
    assert told_after_they_left(monkeypatch, patience=HELD_UP) == []


def test_the_twin_without_the_lock_writes_to_who_left(monkeypatch):
    monkeypatch.setattr(sending, "lock_message", unlocked)
    assert len(told_after_they_left(monkeypatch, patience=PATIENT)) == 1


def test_while_many_come_and_go_nobody_is_told_twice_and_nobody_forgotten(monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 3)
    session = session_with(*cast.people(10, language="en"))
    message = actions.send(message=drafted(session), by=cast.secretary())
    stay, leave = (list(session.registrations.select_related("person")[part]) for part in HALVES)
    come = [cast.person(f"Comes {number}") for number in range(3)]
    at_once(
        [
            *[lambda: actions.write_all(message=message)] * 2,
            *(lambda one=one: cancel(registration=one, by=one.person) for one in leave),
            *(lambda one=one: register(session=session, person=one, by=one) for one in come),
        ]
    )
    told = Letter.objects.filter(kind="session_message").values_list("person", flat=True)
    assert len(told) == len(set(told))
    assert set(told) >= {one.person_id for one in stay}


HALVES = slice(0, 5), slice(5, 10)


def limited(monkeypatch) -> list:
    monkeypatch.setattr(sending, "MOST_OF_PERSON", 1)
    by, people = cast.secretary(), [cast.person()]
    first, second = (drafted(session_with(*people), by, words=words) for words in (WORDS, WORDS | FRENCH))
    return [lambda one=one: actions.send(message=one, by=by, now=NOW) for one in (first, second)]


def test_of_two_messages_at_once_one_is_over_the_limit(monkeypatch):
    monkeypatch.setattr(sending, "people_of", hesitating(sending.people_of))
    answers = at_once(limited(monkeypatch))
    assert [type(one) for one in answers].count(errors.TooManyOfPerson) == 1


def test_the_twin_without_the_lock_lets_both_through(monkeypatch):
    monkeypatch.setattr(sending, "lock_people", lambda numbers: {})
    monkeypatch.setattr(sending, "people_of", together(sending.people_of, 2))
    calls = limited(monkeypatch)
    monkeypatch.setattr(sending, "Host", NoHost)
    answers = at_once(calls)
    assert [type(one) for one in answers].count(Message) == 2


class NoHost:
    """Nobody waits for the host either."""

    class objects:
        @staticmethod
        def select_for_update(**_options):
            return NoHost.objects

        @staticmethod
        def get(**_which):
            return None
