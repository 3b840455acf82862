from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from catalog import actions as catalog_actions
from catalog.meeting_changes import MeetingChanges
from catalog.models import Meeting, Session
from page_cache import new_edition

from .. import errors, joining
from ..session_changes import Move, tell_moved
from . import lock
from .registration_hours import Decided, move_registration_hours, wall_time

Title = str | Mapping[str, str]
NewMeeting = tuple[datetime, datetime, Title]


@transaction.atomic
def reschedule(
    *,
    session: Session,
    by: User,
    meetings: Iterable[NewMeeting] | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    venue: str | Mapping[str, str] | None = None,
    joining_link: str | None = None,
    joining_note: str | None = None,
    reason: str | Mapping[str, str] = "",
    registration_hours: Decided | None = None,
    now: datetime | None = None,
) -> int:
    """Move the session in time or place, and tell everybody confirmed or waiting what changed. Answers how
    many letters.

    A place is another when its original is: the words of the first language that had some before and has some now. A
    translation that is filled in or corrected moves nobody; one that did not follow a move is taken out, so that its readers
    are told the new place in the original.

    What is None stays. `meetings` replaces all meetings; `starts_at` moves them together, at the same hours
    apart, in the host's clock. A new joining link alone is told only to those who may have seen the old one:
    the others get it an hour before, as always. `reason` is told with it: a text, or texts by language (“en” is
    the one to fall back on). Reminders need no repair, they are derived from the times.
    What hangs on the start (opening, members' turn, deadline) moves with it, except `registration_hours`, which were
    decided with the move. Raises SessionCancelled, SessionIsOver when the session would be over, RegistrationHoursCross.
    """
    session = lock.lock_session(session.pk)
    now = now or timezone.now()
    if session.is_cancelled:
        raise errors.SessionCancelled(session)
    before = copy(session)

    changes = move(session, meetings=meetings, starts_at=starts_at, ends_at=ends_at, by=by, now=now)
    moved = bool(changes) or (before.starts_at, before.ends_at) != (session.starts_at, session.ends_at)
    if session.ends_at <= now:
        raise errors.SessionIsOver(session)
    decided = registration_hours or {}
    move_registration_hours(session, start_before=before.starts_at, decided=decided, now=now)
    new_place = give_venue(session, venue)
    new_link = give_joining(session, joining_link, joining_note)
    notify = moved or new_place or (new_link and joining.is_open(session, now))
    if notify:
        session.sequence += 1
    session.save()
    new_edition()  # also a link or a translation that nobody is told of shows on the activity's page
    if not notify:
        return 0
    if moved or new_place:
        catalog_actions.note_news(activity=session.activity, now=now)

    return tell_moved(
        Move(
            session=session,
            before=before,
            changes=changes,
            moved=moved,
            new_place=new_place,
            reasons=by_language(reason),
            by=by,
            now=now,
        )
    )


def by_language(text: str | Mapping[str, str]) -> Mapping[str, str]:
    """A plain text is in the language to fall back on."""
    return text if isinstance(text, Mapping) else {settings.MODELTRANSLATION_DEFAULT_LANGUAGE: text}


def move(
    session: Session,
    *,
    meetings: Iterable[NewMeeting] | None,
    starts_at: datetime | None,
    ends_at: datetime | None,
    by: User,
    now: datetime,
) -> MeetingChanges:
    """Give the session its new times. Answers what became of its meetings."""
    changes = MeetingChanges()
    if meetings is None and starts_at is None and ends_at is None:
        return changes
    if session.self_paced:
        began = session.starts_at
        session.starts_at = starts_at or session.starts_at
        session.ends_at = ends_at or session.ends_at + (session.starts_at - began)
    else:
        before = list(session.meetings.all())
        new = list(meetings) if meetings is not None else moved_together(session, before, starts_at, ends_at)
        changes = catalog_actions.set_meetings(session=session, meetings=new, by=by, now=now)
        session.refresh_from_db(fields=["starts_at", "ends_at", "meetings"])
        prefetch_related_objects([session], "meetings")
    return changes


def moved_together(
    session: Session, before: list[Meeting], starts_at: datetime | None, ends_at: datetime | None
) -> list[NewMeeting]:
    """The same meetings from `starts_at` on. Hours stay hours of the host's clock, also across a change of the clocks."""
    meetings = before or [Meeting(starts_at=session.starts_at, ends_at=session.ends_at)]
    if ends_at is not None and len(meetings) > 1:
        raise ValueError("A session of several meetings has no end of its own: give its meetings.")
    starts_at = starts_at or session.starts_at
    if len(meetings) == 1:
        only = meetings[0]
        return [(starts_at, ends_at or starts_at + (only.ends_at - only.starts_at), titles(only))]
    zone = session.zone
    shift = wall_time(starts_at, zone) - wall_time(meetings[0].starts_at, zone)
    moved: list[NewMeeting] = []
    for meeting in meetings:
        start = (wall_time(meeting.starts_at, zone) + shift).replace(tzinfo=zone)
        moved.append((start, start + (meeting.ends_at - meeting.starts_at), titles(meeting)))
    return moved


def titles(meeting: Meeting) -> dict[str, str]:
    languages = settings.MODELTRANSLATION_LANGUAGES
    return {language: getattr(meeting, f"title_{language}") or "" for language in languages}


def give_venue(session: Session, venue: str | Mapping[str, str] | None) -> bool:
    """Whether the place is now another. A plain text is in the language to fall back on, and clears the others."""
    if venue is None:
        return False
    if isinstance(venue, str):
        venue = dict.fromkeys(settings.MODELTRANSLATION_LANGUAGES, "") | {
            settings.MODELTRANSLATION_DEFAULT_LANGUAGE: venue
        }
    before = one_lined(session.venues)
    for language, text in venue.items():
        if (getattr(session, f"venue_{language}") or "") != text:
            setattr(session, f"venue_{language}", text)
    after = one_lined(session.venues)
    if is_same_place(before, after):
        return False
    original = next((language for language, text in after.items() if text), None)
    for language, text in after.items():
        if text and language != original and text == before[language]:
            setattr(session, f"venue_{language}", "")
    return True


def one_lined(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: " ".join(text.split()) for language, text in texts.items()}


def is_same_place(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    in_both = [language for language in before if before[language] and after[language]]
    if in_both:
        return before[in_both[0]] == after[in_both[0]]
    return not any(before.values()) and not any(after.values())


def give_joining(session: Session, link: str | None, note: str | None) -> bool:
    before = (session.joining_link, session.joining_note)
    if link is not None:
        session.joining_link = link
    if note is not None:
        session.joining_note = note
    return (session.joining_link, session.joining_note) != before
