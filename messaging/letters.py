"""The letter of a message: to each person of its groups their own, in their language and on their clock."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.models import User
from calendars.entries import from_name
from catalog.models import Session
from outbox import expiry
from outbox.actions import write_letters
from outbox.new_letter import NewLetter, worded
from outbox.reading import reading_as
from outbox.rendering import Rendered
from outbox.templates import isolated
from registrations.letters.writing import by_reader, facts, with_blanks
from registrations.models import Registration

from .models import Message

# What is said of a meeting so soon does not wait for the morning.
SOON = timedelta(days=1)


def write(message: Message, registrations: Sequence[Registration], *, now: datetime) -> int:
    """Worded once for each language and clock, with blanks for what is each one's own. Answers how many were written; those
    written before are left out."""
    letters, at_any_hour = [], meets_soon(message.session, now)
    for alike in by_reader(registrations):
        sample = with_blanks(alike[0])
        news = replace(new_letter(message, sample, now=now), at_any_hour=at_any_hour)
        words = worded(news)
        with reading_as(sample.person):
            letters += [to_one(registration, sample, news, words, message) for registration in alike]
    return write_letters(letters)


def meets_soon(session: Session, now: datetime) -> bool:
    """Whether a meeting is going on, or begins before this hour of tomorrow."""
    return session.meetings.filter(starts_at__lt=now + SOON, ends_at__gt=now).exists()


def to_one(
    registration: Registration, sample: Registration, news: NewLetter, words: Rendered, message: Message
) -> NewLetter:
    person = registration.person
    filled = words.filled({sample.code: registration.code, sample.person.name: isolated(person.name)})
    key = message.key_of(registration.pk)
    return replace(news, words=filled, key=key, about=registration, person=person)


def preview(message: Message, *, reader: User, language: str, now: datetime) -> Rendered:
    """As it would be if it were to the reader, and they read this language."""
    person = copy(reader)
    person.language = language
    state = Registration.State.CONFIRMED
    registration = Registration(session=message.session, person=person, state=state, code="X" * 12)
    return worded(new_letter(message, registration, now=now))


def new_letter(message: Message, registration: Registration, *, now: datetime) -> NewLetter:
    """A message concerns the place that a person has, so who refuses reminders gets it all the same."""
    session, person = message.session, registration.person
    host = session.activity.host
    with reading_as(person):
        return NewLetter(
            kind="session_message",
            key=message.key_of(registration.pk),
            about=registration,
            person=person,
            template="messaging/session_message",
            context=facts(registration, now)
            | {"message": message.words_for(person.language), "kept": message.on_page},
            from_name=from_name(session),
            reply_to=host.email if host else "",
            useless_after=message.useless_after or expiry.for_event(session.ends_at, now),
            now=now,
        )
