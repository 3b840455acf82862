"""How the letters are made: to one, or the same to many. What each can say stands in `facts`."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import TypedDict

from django.conf import settings

from accounts.models import User
from calendars.entries import calendar_file, from_name, session_event
from catalog.rule_told import rule_in_words
from catalog.wording import where
from outbox import expiry
from outbox.actions import write_letters
from outbox.links import link_to
from outbox.new_letter import NewLetter, worded
from outbox.reading import reading_as
from outbox.templates import isolated

from .. import clocks, joining
from ..models import Registration
from ..waiting_list import still_takes_people_in
from .meetings import meetings_in_words, to_come

# Of a registration that is as it was made nothing was written before these.
FIRST = ("confirmation", "waiting_list", "held")
NOTHING: Mapping[str, object] = MappingProxyType({})


def new_letter(
    kind: str,
    registration: Registration,
    occurrence: int | str,
    *,
    now: datetime,
    name: str = "",
    template: str = "",
    calendar: str = "",
    transactional: bool = True,
    useless_after: datetime | None = None,
    more: Mapping[str, object] = NOTHING,
) -> NewLetter:
    """`name` stands in the key where two kinds must not both be written, `template` where it is not named as the kind.

    `calendar` is the method of the entry that goes with it, empty for none; `more` is for the templates.
    Without a moment of its own the letter is of use until a day after the session.
    """
    session, person = registration.session, registration.person
    host = session.activity.host
    with reading_as(person):
        return NewLetter(
            kind=kind,
            template=f"registrations/{template or kind}",
            context={**facts(registration, now), **more},
            from_name=from_name(session),
            reply_to=host.email if host else "",
            transactional=transactional,
            is_first=registration.sequence == 0 and kind in FIRST,
            useless_after=useless_after or expiry.for_event(session.ends_at, now),
            now=now,
            **own(registration, name or kind, occurrence, calendar, now),
        )


class Own(TypedDict):
    key: str
    about: Registration
    person: User
    calendar: str
    calendar_method: str


def own(registration: Registration, name: str, occurrence: int | str, method: str, now: datetime) -> Own:
    """What a letter has that no other has, though it says the same: whose it is, and the calendar entry of their own."""
    return {
        "key": f"{name}/{registration.pk}/{occurrence}",
        "about": registration,
        "person": registration.person,
        "calendar": entry(registration, method, now) if method else "",
        "calendar_method": method,
    }


def facts(registration: Registration, now: datetime) -> dict[str, object]:
    """What every letter can say, ready to show in the language and clock that are set."""
    session = registration.session
    open_now = joining.may_see(registration, now)
    return {
        "registration": registration,
        "session": session,
        "title": session.activity.title,
        "host": session.activity.host_name,
        "meetings": meetings_in_words(session, to_come(session, now), registration.person, now),
        "where": where(session),
        "rule": rule_in_words(session, now) if registration.is_standing and now < session.ends_at else None,
        "open_now": open_now,
        "joining_link": session.joining_link if open_now else "",
        "joining_note": session.joining_note if open_now else "",
        "joining_opens": clocks.moment(joining.opens_at(session, now), session),
        "is_over": now >= session.ends_at,
        "frees_place": still_takes_people_in(session, now),
        "page": link_to("me:registration", registration.code),
        "cancellation_page": link_to("me:cancellation", registration.code),
        "activity_page": link_to(session.activity),
        "activities_page": link_to("catalog:activities"),
    }


def entry(registration: Registration, method: str, now: datetime) -> str:
    """The calendar entry that goes with the letter, as an .ics file."""
    session, person = registration.session, registration.person
    open_now = joining.may_see(registration, now)
    events = session_event(
        session,
        language=person.language,
        sequence=registration.calendar_sequence,
        method=method,
        link=session.joining_link if open_now else "",
        note=session.joining_note if open_now else "",
        page=link_to("me:registration", registration.code),
        attendee=person,
    )
    return calendar_file(events, method=method).decode()


def write_to_all(
    kind: str,
    registrations: Sequence[Registration],
    *,
    now: datetime,
    occurrence: Callable[[Registration], int] = lambda registration: registration.session.sequence,
    calendar: str = "",
    more: Callable[[Registration], Mapping[str, object]] = lambda registration: NOTHING,
    template: str = "",
    useless_after: datetime | None = None,
) -> int:
    """The same news to everybody: worded once for each language, clock and state, with blanks for what is each one's own.

    Thousands are written while somebody waits for the page. Only a place has a calendar entry. `more` is asked in
    the reader's language; `template` and `useless_after` are those of `new_letter`. Answers how many were written.
    """
    letters = []
    for alike in by_reader(registrations):
        sample = with_blanks(alike[0])
        with reading_as(sample.person):
            news = new_letter(
                kind,
                sample,
                occurrence(sample),
                now=now,
                template=template,
                useless_after=useless_after,
                more=more(sample),
            )
            words = worded(news)
            for registration in alike:
                method = "" if registration.is_waiting or registration.is_held else calendar
                filled = words.filled(
                    {sample.code: registration.code, sample.person.name: isolated(registration.person.name)}
                )
                letters.append(
                    replace(
                        news, words=filled, **own(registration, kind, occurrence(registration), method, now)
                    )
                )
    return write_letters(letters)


def by_reader(registrations: Iterable[Registration]) -> list[list[Registration]]:
    """Those together whose letters differ by no more than name and code."""
    groups: dict[tuple[str, str, str], list[Registration]] = defaultdict(list)
    for registration in registrations:
        groups[registration.person.language, registration.person.timezone, registration.state].append(
            registration
        )
    return list(groups.values())


def with_blanks(registration: Registration) -> Registration:
    """The registration with marks that occur nowhere else in place of its code and of the person's name."""
    sample = copy(registration)
    sample.person = copy(registration.person)
    sample.code = f"blank{secrets.token_hex(16)}"
    sample.person.name = str(secrets.randbits(128))  # no letters: what it stands for may run either way
    return sample


def reason_for(reader: User, reasons: Mapping[str, str]) -> str:
    """In the reader's language, or else in English."""
    return reasons.get(reader.language) or reasons.get(settings.MODELTRANSLATION_DEFAULT_LANGUAGE, "")
