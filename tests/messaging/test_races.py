"""Two at once with messages: real threads on PostgreSQL, and twins without the lock that go wrong."""

import time

import pytest
from auditlog.models import LogEntry

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
    monkeypatch.setattr(sending, "lock_message", hesitating(unlocked))
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
    monkeypatch.setattr(sending, "lock_message", hesitating(unlocked))
    message, written = of_many(monkeypatch), []
    write = sending.letters.write

    def counting(_message, registrations, *, now):
        written.extend(one.pk for one in registrations)
        return write(_message, registrations, now=now)

    monkeypatch.setattr(sending.letters, "write", counting)
    at_once(trying(call) for call in parts(message))
    assert len(written) > 10, "what the lock keeps from being done twice; the key keeps the letter one"
    assert Letter.objects.count() == 10


def withdrawn_while_it_is_written(monkeypatch) -> int:
    """How many letters still wait to go, once it was withdrawn."""
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    monkeypatch.setattr(sending, "lock_people", hesitating(sending.lock_people))
    message = drafted(session_with(*cast.people(12, language="en")))
    actions.send(message=message, by=(by := cast.secretary()))

    def withdraw():
        time.sleep(0.08)
        actions.withdraw(message=message, by=by)

    at_once([lambda: actions.write_all(message=message), withdraw])
    return Letter.objects.filter(state="waiting").count()


def test_withdrawn_while_it_is_written_nothing_waits_any_more(monkeypatch):
    assert withdrawn_while_it_is_written(monkeypatch) == 0


def test_the_twin_without_the_lock_leaves_letters_that_go(monkeypatch):
    monkeypatch.setattr(sending, "lock_message", unlocked)
    assert withdrawn_while_it_is_written(monkeypatch) > 0


def told_after_they_left(monkeypatch) -> list[int]:
    """Everybody gives the place back while the worker writes, who has just looked who is there; and others register. Answers
    whose message comes after the letter that says they gave their place back."""
    session = session_with(*cast.people(8, language="en"))
    message = actions.send(message=drafted(session), by=cast.secretary())
    monkeypatch.setattr(sending, "AT_ONCE", 3)
    monkeypatch.setattr(sending, "lock_people", hesitating(sending.lock_people))
    come = [cast.person(f"Comes {number}") for number in range(3)]
    before = list(session.registrations.select_related("person"))
    at_once(
        [
            lambda: actions.write_all(message=message),
            *(lambda one=one: cancel(registration=one, by=one.person) for one in before),
            *(lambda one=one: register(session=session, person=one, by=one) for one in come),
        ]
    )
    told, gave_back = numbers_of("session_message"), numbers_of("cancellation")
    assert Letter.objects.filter(kind="session_message").count() == len(told), "nobody is told twice"
    assert len(gave_back) == 8
    assert session.registrations.filter(state="confirmed").count() == 3
    return [person for person, number in told.items() if number > gave_back.get(person, number)]


def numbers_of(kind: str) -> dict[int, int]:
    """Of the letters to each person, which rise as they are written."""
    return dict(Letter.objects.filter(kind=kind).values_list("person", "pk"))


def test_who_gives_the_place_back_meanwhile_was_told_before_or_is_not(monkeypatch):
    assert told_after_they_left(monkeypatch) == []


def test_the_twin_without_the_lock_writes_to_who_left(monkeypatch):
    monkeypatch.setattr(sending, "lock_message", unlocked)
    assert told_after_they_left(monkeypatch) != []


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
    monkeypatch.setattr(sending, "people_of", hesitating(sending.people_of))
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
