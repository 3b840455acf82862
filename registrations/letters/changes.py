"""A session is cancelled, or its hours, place, link or rule are other than people were told."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from calendars.entries import CANCEL, REQUEST
from catalog.certificate_rule import Rule
from catalog.meeting_changes import MeetingChanges
from catalog.models import Meeting, Session
from catalog.rule_told import RuleInWords, in_words, is_signed
from catalog.wording import where

from ..models import Registration
from .meetings import MeetingInWords, meetings_in_words
from .writing import reason_for, write_to_all


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

    def what_changed(registration: Registration) -> dict[str, object]:
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


def rule_changed(registrations: Sequence[Registration], *, before: Rule | None, now: datetime) -> int:
    """Of one session: by which rule one takes part from now on, and by which `before`. Answers how many were written."""
    if not registrations:
        return 0
    session = registrations[0].session
    after, meetings = session.activity.rule, len(session.meetings.all())
    certified = is_signed(session, now)

    # 76 and 80 percent of five meetings are four: then both are told in percent, so that the change is seen.
    def both(registration: Registration) -> dict[str, object]:
        old, new = told(before, meetings), told(after, meetings)
        if old == new:
            old, new = told(before), told(after)
        return {"old_rule": old, "new_rule": new, "rule": None}  # said once

    def told(rule: Rule | None, meetings: int | None = None) -> RuleInWords | None:
        return in_words(rule, meetings, certified=certified) if rule else None

    return write_to_all(
        "rule_changed",
        registrations,
        now=now,
        # Each change has its moment.
        occurrence=lambda registration: int(now.timestamp() * 1_000_000),
        more=both,
        useless_after=session.ends_at,
    )
