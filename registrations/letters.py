"""The letters about a registration: what, when in two clocks, where, and what the person can do now.

Each is worded in the person's language and clock. A letter's key ends with the occurrence: the registration's
`sequence`, which rises with every change of its state, so that a life of confirmed, cancelled, confirmed
again has each letter anew, and none twice.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import User
from calendars.entries import CANCEL, REQUEST, calendar_file, from_name, session_event
from catalog.meeting_changes import MeetingChanges
from catalog.models import Material, Meeting, Session
from catalog.wording import where
from outbox import expiry
from outbox.actions import write_letter, write_letters
from outbox.links import link_to
from outbox.models import Letter
from outbox.new_letter import NewLetter, worded
from outbox.reading import reading_as
from outbox.templates import isolated

from . import clocks, joining
from .models import Registration
from .waiting_list import still_takes_people_in, why_waiting


def confirmation(registration: Registration, *, now: datetime) -> Letter | None:
    """Also of who was added when all was over, for whom there is no hour to keep."""
    calendar = REQUEST if now < registration.session.ends_at else ""
    return write_letter(
        new_letter("confirmation", registration, registration.sequence, now=now, calendar=calendar)
    )


def waiting_list(registration: Registration, *, position: int, now: datetime) -> Letter | None:
    with reading_as(registration.person):
        why = why_waiting(registration.session, position)
    return write_letter(
        new_letter("waiting_list", registration, registration.sequence, now=now, position=position, why=why)
    )


def promotion(registration: Registration, *, now: datetime) -> Letter | None:
    return write_letter(
        new_letter("promotion", registration, registration.sequence, now=now, calendar=REQUEST)
    )


def promotions(registrations: Sequence[Registration], *, now: datetime) -> int:
    """To all who were let in together. Answers how many were written."""
    return write_to_all(
        "promotion", registrations, now=now, occurrence=lambda one: one.sequence, calendar=REQUEST
    )


def cancellation(
    registration: Registration, *, was_confirmed: bool, reasons: Mapping[str, str], now: datetime
) -> Letter | None:
    """To who gave the place back, or whose place staff took back, and why: `reasons` has texts by language."""
    return write_letter(
        new_letter(
            "cancellation",
            registration,
            registration.sequence,
            now=now,
            calendar=CANCEL if was_confirmed else "",
            by_staff=registration.cancelled_for == Registration.CancelledFor.STAFF,
            was_confirmed=was_confirmed,
            reason=reason_for(registration.person, reasons),
        )
    )


def session_cancelled(registrations: Sequence[Registration], *, had_places: bool, now: datetime) -> int:
    """To all who had places, or to all who waited. Answers how many were written."""
    calendar = CANCEL if had_places else ""
    return write_to_all("session_cancelled", registrations, now=now, calendar=calendar)


def session_changed(
    registrations: Sequence[Registration],
    *,
    before: Session,
    changes: MeetingChanges,
    moved: bool,
    new_place: bool,
    reasons: Mapping[str, str],
    now: datetime,
) -> int:
    """What was, and what is now: which meetings moved, are new or no longer take place, and why. `before` is the session as
    it was, `reasons` has texts by language.

    What changed, time or place, is decided once for all readers; otherwise it is how to join. Answers how many were written.
    """

    def what_changed(registration: Registration) -> dict[str, Any]:
        session, reader = registration.session, registration.person

        def words(of: Session, meetings: list[Meeting]) -> list[MeetingInWords]:
            return meetings_in_words(of, meetings, reader, now) if meetings else []

        shifted = [(words(before, [was]), words(session, [new])) for was, new in changes.moved]
        if moved and not changes:  # a window
            shifted = [
                (meetings_in_words(before, [], reader, now), meetings_in_words(session, [], reader, now))
            ]
        return {
            "old_where": where(before),
            "moved": moved,
            "shifted": shifted,
            "added": words(session, changes.added),
            "dropped": words(before, changes.dropped),
            "only_dropped": bool(changes.dropped) and not (changes.moved or changes.added),
            "new_place": new_place,
            "new_link": before.joining_link != session.joining_link,
            "reason": reason_for(reader, reasons),
        }

    return write_to_all("session_changed", registrations, now=now, calendar=REQUEST, more=what_changed)


@dataclass(frozen=True)
class MovedHours:
    """A meeting, or the window of a self-paced session, whose hours a new table of time zones puts elsewhere in UTC."""

    was: Meeting | Session  # as it was
    then: tuple[datetime, datetime]  # when it begins and ends now
    hosts_clock: tzinfo  # by which it was told

    @property
    def title(self) -> str:
        return self.was.title if isinstance(self.was, Meeting) else ""


def clocks_changed(
    registrations: Sequence[Registration],
    *,
    hours: Sequence[MovedHours],
    clock_before: Callable[[User], tzinfo],
    now: datetime,
) -> int:
    """To those whose own hour changes while the host's stays. `clock_before` answers by which clock a reader was told.

    Answers how many were written.
    """

    def changes(registration: Registration) -> dict[str, Any]:
        session, reader = registration.session, registration.person
        city, before = clocks.city_of(session), clock_before(reader)

        def told(start: datetime, end: datetime, clock: tzinfo, host: tzinfo, title: str) -> MeetingInWords:
            when = clocks.stretch(start, end, reader=clock, host=host, city=city, now=now)
            return MeetingInWords(when, title)

        return {
            "city": city,
            "old": [
                told(hour.was.starts_at, hour.was.ends_at, before, hour.hosts_clock, hour.title)
                for hour in hours
            ],
            "new": [told(*hour.then, reader.zone, session.zone, hour.title) for hour in hours],
        }

    # Of the same kind as any other move: whoever was told of it is not reminded of the old hour.
    return write_to_all(
        "session_changed",
        registrations,
        now=now,
        calendar=REQUEST,
        more=changes,
        template="clocks_changed",
    )


def reminder(registration: Registration, *, starts_at: datetime, lead: int, now: datetime) -> Letter | None:
    """Of the meeting that starts then; `lead` is in minutes. From an hour before, the reminder says how to join."""
    session, reader = registration.session, registration.person
    joins = joining.may_see(registration, now) and bool(session.joining_link)
    with reading_as(reader):
        words = meetings_in_words(session, list(session.meetings.all()), reader, now)
        meeting, ends_at = next(
            (told, end) for told, (start, end) in zip(words, session.hours, strict=True) if start == starts_at
        )
    return write_letter(
        new_letter(
            "joining_link" if joins else "reminder",
            registration,
            f"{lead}/{int(starts_at.timestamp())}",
            now=now,
            name="reminder",
            # The same entry once more, now with the link in it.
            calendar=REQUEST if joins else "",
            # A reminder may be refused; without the link nobody could take part.
            transactional=joins,
            # Who comes late still needs the link.
            useless_after=ends_at if joins else starts_at,
            meeting=meeting,
            later=starts_at != session.starts_at,
            days=clocks.days_away(starts_at, reader=clock_of(session, reader), now=now),
            soon=lead <= joining.JOINING_LEAD,
        )
    )


def materials(
    registration: Registration, *, given: list[Material], moment: datetime, now: datetime
) -> Letter | None:
    """What staff gave for the people registered, when the session is over; `moment` is when the last of it came."""
    return write_letter(
        new_letter("materials", registration, int(moment.timestamp()), now=now, materials=given)
    )


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
    **more: Any,
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
            context=facts(registration, now) | more,
            from_name=from_name(session),
            reply_to=host.email if host else "",
            transactional=transactional,
            useless_after=useless_after or expiry.for_event(session.ends_at, now),
            now=now,
            **own(registration, name or kind, occurrence, calendar, now),
        )


def own(
    registration: Registration, name: str, occurrence: int | str, method: str, now: datetime
) -> dict[str, Any]:
    """What a letter has that no other has, though it says the same: whose it is, and the calendar entry of their own."""
    return {
        "key": f"{name}/{registration.pk}/{occurrence}",
        "about": registration,
        "person": registration.person,
        "calendar": entry(registration, method, now) if method else "",
        "calendar_method": method,
    }


def write_to_all(
    kind: str,
    registrations: Sequence[Registration],
    *,
    now: datetime,
    occurrence: Callable[[Registration], int] = lambda registration: registration.session.sequence,
    calendar: str = "",
    more: Callable[[Registration], dict[str, Any]] = lambda registration: {},
    template: str = "",
) -> int:
    """The same news to everybody: worded once for each language, clock and state, with blanks for what is each one's own.

    Thousands are written while somebody waits for the page. Who waits for a place gets no calendar entry. `more` is asked in
    the reader's language; `template` where it is not named as the kind. Answers how many were written.
    """
    letters = []
    for alike in by_reader(registrations):
        sample = with_blanks(alike[0])
        with reading_as(sample.person):
            news = new_letter(kind, sample, occurrence(sample), now=now, template=template, **more(sample))
            words = worded(news)
            for registration in alike:
                method = "" if registration.is_waiting else calendar
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


def facts(registration: Registration, now: datetime) -> dict[str, Any]:
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


@dataclass(frozen=True)
class MeetingInWords:
    when: clocks.Stretch
    title: str = ""


def meetings_in_words(
    session: Session, meetings: list[Meeting], reader: User, now: datetime
) -> list[MeetingInWords]:
    """The meetings; of a self-paced session its window, and where no meeting is set the whole."""
    stretches = [(m.starts_at, m.ends_at, m.title) for m in meetings] or [
        (session.starts_at, session.ends_at, "")
    ]
    clock, city = clock_of(session, reader), clocks.city_of(session)
    told = []
    for start, end, title in stretches:
        when = clocks.stretch(start, end, reader=clock, host=session.zone, city=city, now=now)
        # Whose clocks change matters to nobody who comes into the room.
        told.append(
            MeetingInWords(replace(when, clocks_change=when.clocks_change and not session.in_a_room), title)
        )
    return told


def to_come(session: Session, now: datetime) -> list[Meeting]:
    """The meetings that are not over; when all are, all."""
    meetings = list(session.meetings.all())
    return [meeting for meeting in meetings if meeting.ends_at > now] or meetings


def clock_of(session: Session, reader: User) -> ZoneInfo:
    """Whose clock tells the meetings: the reader's, with the host's beside it; in a room the room's alone."""
    return session.zone if session.in_a_room else reader.zone


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
