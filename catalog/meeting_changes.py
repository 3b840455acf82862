"""What a new list of meetings means for those there were: which one stays, which moves, comes in or drops out.

A meeting keeps its row for its whole life (attendance and calendar entries hang on it), so also when it moves, wherever it
can be told which one it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from .models import Meeting

type Title = str | Mapping[str, str]
type MeetingTimes = tuple[datetime, datetime, Title]

# A meeting that is gone and one that is new are the same one, moved, if no more than this lies between them.
NEAR = timedelta(days=2)


@dataclass(frozen=True)
class MeetingChanges:
    """What became of a session's meetings, in the order of time. New titles alone are no change here."""

    moved: list[tuple[Meeting, Meeting]] = field(default_factory=list)  # the same one, as it was and as it is
    added: list[Meeting] = field(default_factory=list)
    dropped: list[Meeting] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.moved or self.added or self.dropped)


def match(
    before: Sequence[Meeting], after: Sequence[MeetingTimes], *, now: datetime
) -> list[tuple[Meeting | None, MeetingTimes]]:
    """For each of the new times the meeting that it is, or None for one that is added.

    The same title tells which one it is, then the same hours, then the same start. What remains is paired in the order of
    time when as many are gone as are new, else with the nearest within two days. What has taken place moves to no later day.
    """
    left, matched = list(before), dict[int, Meeting]()

    def take(number: int, meeting: Meeting) -> None:
        matched[number] = meeting
        left.remove(meeting)

    def possible(meeting: Meeting, times: MeetingTimes) -> bool:
        return meeting.ends_at > now or times[0] <= now

    def remaining() -> list[int]:
        return [number for number in range(len(after)) if number not in matched]

    for alike in (same_title_and_hours, same_title, same_hours, same_start):
        for number in remaining():
            candidates = [
                meeting
                for meeting in left
                if possible(meeting, after[number]) and alike(meeting, after[number])
            ]
            rivals = [rival for rival in remaining() if candidates and alike(candidates[0], after[rival])]
            if len(candidates) == 1 and len(rivals) == 1:
                take(number, candidates[0])
    if len(left) == len(remaining()):
        for number, meeting in list(zip(remaining(), left, strict=True)):
            if possible(meeting, after[number]) and not other_title(meeting, after[number]):
                take(number, meeting)
    for number in remaining():
        near = [
            meeting
            for meeting in left
            if possible(meeting, after[number])
            and not other_title(meeting, after[number])
            and abs(meeting.starts_at - after[number][0]) <= NEAR
        ]
        if near:
            take(number, min(near, key=distance_to(after[number])))
    return [(matched.get(number), times) for number, times in enumerate(after)]


def distance_to(times: MeetingTimes) -> Callable[[Meeting], timedelta]:
    return lambda meeting: abs(meeting.starts_at - times[0])


def same_title_and_hours(meeting: Meeting, times: MeetingTimes) -> bool:
    return same_hours(meeting, times) and same_title(meeting, times)


def same_title(meeting: Meeting, times: MeetingTimes) -> bool:
    columns = titles(times[2])
    return any(columns.values()) and all(
        (getattr(meeting, name) or "") == text for name, text in columns.items()
    )


def other_title(meeting: Meeting, times: MeetingTimes) -> bool:
    """Whether both are named, and not the same in any language."""
    columns = titles(times[2])
    had = [getattr(meeting, name) for name in columns]
    return (
        any(had)
        and any(columns.values())
        and not any(text and getattr(meeting, name) == text for name, text in columns.items())
    )


def same_hours(meeting: Meeting, times: MeetingTimes) -> bool:
    return (meeting.starts_at, meeting.ends_at) == times[:2]


def same_start(meeting: Meeting, times: MeetingTimes) -> bool:
    return meeting.starts_at == times[0]


def titles(title: Title) -> dict[str, str]:
    """By column. A plain text is in the language that is active."""
    if isinstance(title, str):
        return {"title": title}
    return {
        f"title_{code}": text for code, text in title.items() if code in settings.MODELTRANSLATION_LANGUAGES
    }
