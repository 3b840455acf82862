"""The letters about attendance: to a guest, to a helper, to the host's desk, and to who asked for a correction."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts import clock_words
from accounts.models import User
from accounts.whose import owner_of
from calendars.entries import from_name
from catalog.models import Meeting, Session
from outbox.actions import write_letter, write_letters
from outbox.links import link_to
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as
from registrations import clocks

from .models import Correction, Guest, Helper
from .models.helper import AFTER, BEFORE


def guest_asked(guest: Guest, *, until: datetime, now: datetime) -> Letter | None:
    """To an address that somebody typed at the door, so it does not say which name they typed."""
    session = guest.meeting.session
    with reading_as(language=guest.language, zone=session.zone):
        context = facts(guest.meeting) | {
            "page": link_to("attendance:guest", guest.code),
            "until": clocks.moment(until, session),
        }
        return write_letter(
            NewLetter(
                kind="guest_asked",
                key=f"guest_asked/{guest.pk}",
                about=guest,
                person=None,
                to=guest.email,
                language=guest.language,
                zone=session.zone,
                template="attendance/guest_asked",
                context=context,
                from_name=from_name(session),
                reply_to=reply_to(session),
                secret=True,
                useless_after=until,
                now=now,
            )
        )


def helper_named(helper: Helper, *, now: datetime) -> Letter | None:
    """To whoever has the address: an account may come with the first sign-in."""
    session = helper.session
    person = owner_of(helper.email)
    person = person if person and person.is_active else None
    language = person.language if person else "en"
    meeting = session.meetings.first()
    with reading_as(person, language=language):
        context = {
            "title": session.activity.title,
            "host": session.activity.host_name,
            "post": helper.get_post_display(),
            "starts": clocks.moment(session.starts_at, session),
            "since": clock_words.day(session.starts_at - BEFORE),
            "until": clock_words.day(session.ends_at + AFTER),
            "page": link_to("attendance:list", meeting.pk) if meeting else link_to("me:overview"),
        }
        return write_letter(
            NewLetter(
                kind="helper_named",
                key=f"helper_named/{helper.pk}",
                about=session,
                person=person,
                to=helper.email,
                language=language,
                template="attendance/helper_named",
                context=context,
                from_name=from_name(session),
                reply_to=reply_to(session),
                useless_after=max(session.ends_at + AFTER, now + timedelta(days=1)),
                now=now,
            )
        )


def correction_asked(correction: Correction, *, now: datetime) -> int:
    """To those who run the activities of the host. What the person wrote is read at the desk. Answers how many."""
    session = correction.meeting.session
    host = session.activity.host
    desk = host.coordinators.filter(is_active=True, erased_at=None) if host else User.objects.none()
    return write_letters([to_desk(correction, reader, now) for reader in desk])


def to_desk(correction: Correction, reader: User, now: datetime) -> NewLetter:
    with reading_as(reader):
        page = link_to("attendance:answer", correction.meeting_id, correction.pk)
        return NewLetter(
            kind="correction_asked",
            key=f"correction_asked/{correction.pk}/{reader.pk}",
            about=correction,
            person=reader,
            template="attendance/correction_asked",
            context=facts(correction.meeting) | {"page": page},
            useless_after=now + timedelta(days=14),
            now=now,
        )


def correction_answered(correction: Correction, *, state: str, now: datetime) -> Letter | None:
    """To who asked: what the list says now, and the host's words."""
    registration, session = correction.registration, correction.meeting.session
    person = registration.person.that_stands
    if person.erased_at:
        return None
    with reading_as(person):
        context: Mapping[str, object] = facts(correction.meeting) | {
            "corrected": correction.corrected,
            "state": state,
            "answer": correction.answer,
            "page": link_to("me:registration", registration.code),
        }
        return write_letter(
            NewLetter(
                kind="correction_answered",
                key=f"correction_answered/{correction.pk}",
                about=registration,
                person=person,
                template="attendance/correction_answered",
                context=context,
                from_name=from_name(session),
                reply_to=reply_to(session),
                useless_after=now + timedelta(days=14),
                now=now,
            )
        )


def facts(meeting: Meeting) -> dict[str, object]:
    """In the language and clock that are set."""
    activity = meeting.session.activity
    return {
        "title": activity.title,
        "host": activity.host_name,
        "when": clocks.moment(meeting.starts_at, meeting.session),
    }


def reply_to(session: Session) -> str:
    return session.activity.host.email if session.activity.host else ""
