"""Devices of one person, made one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from .facts import Entry, Participant, Reading, Span
from .folding import folded

MINUTE = timedelta(minutes=1)


def united(reading: Reading, *, starts_at: datetime, ends_at: datetime) -> list[Participant]:
    """The people of a report in the order in which they first stand there, each with what they were there of the meeting."""
    people = [participant(entries, (starts_at, ends_at)) for entries in by_person(reading.entries)]
    return sorted(people, key=lambda person: person.lines[0])


def by_person(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """One e-mail is one person, and so is one name with at most one e-mail. Namesakes with two stay two.

    A line without e-mail under the name of such namesakes could be either's: it stays by itself. What somebody was called
    before is looked for among what others are called now; two who both were “iPhone” before are not one person for that.
    """
    of_name, of_former_name = emails_of(entries, "name"), emails_of(entries, "original_name")
    persons: dict[str, list[Entry]] = defaultdict(list)
    nameless: list[Entry] = []
    for entry in entries:
        name, former = folded(entry.name), folded(entry.original_name)
        named = of_name.get(name, set()) | of_former_name.get(name, set()) | of_name.get(former, set())
        emails = {entry.email} if entry.email else named
        if len(emails) == 1:
            persons[f"@{emails.pop()}"].append(entry)
        elif name or former:
            persons[former if former in of_name else name].append(entry)
        else:
            nameless.append(entry)
    yield from persons.values()
    yield from ([entry] for entry in nameless)


def emails_of(entries: Iterable[Entry], attribute: str) -> dict[str, set[str]]:
    """By folded names: the addresses with which they stand in a line. A name that is none has none."""
    emails: dict[str, set[str]] = {}
    for entry in entries:
        if name := folded(getattr(entry, attribute)):
            emails.setdefault(name, set()).update({entry.email} - {""})
    return emails


def participant(entries: Sequence[Entry], meeting: Span) -> Participant:
    shown = list(
        dict.fromkeys(name for entry in entries for name in (entry.name, entry.original_name) if name)
    )
    spans = merged(clipped(entry, meeting) for entry in entries)
    return Participant(
        name=shown[0] if shown else "",
        email=next((entry.email for entry in entries if entry.email), ""),
        lines=tuple(entry.line for entry in entries),
        spans=spans,
        minutes=minutes_there(entries, spans, meeting),
        other_names=tuple(shown[1:]),
        role=next((entry.role for entry in entries if entry.role), ""),
    )


def clipped(entry: Entry, meeting: Span) -> Span | None:
    """What of the entry's time lies in the meeting. None without both times, or where only a part of it is meant."""
    if entry.joined is None or entry.left is None or entry.minutes is not None:
        return None
    span = max(entry.joined, meeting[0]), min(entry.left, meeting[1])
    return span if span[0] < span[1] else None


def merged(spans: Iterable[Span | None]) -> tuple[Span, ...]:
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span):
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return tuple(result)


def minutes_there(entries: Sequence[Entry], spans: Sequence[Span], meeting: Span) -> int | None:
    """Whole minutes of the union; lengths without times are added up, to the meeting's at most. None: nothing is known."""
    if any(is_open(entry, meeting) for entry in entries) and spans != (meeting,):
        return None
    with_times = [entry for entry in entries if entry.joined and entry.left and entry.minutes is None]
    lengths = [at_most(entry, meeting) for entry in entries if entry.minutes is not None]
    if not with_times and not lengths:
        return None
    union = sum(((end - start) for start, end in spans), timedelta()) // MINUTE
    return max(union, min(sum(lengths), (meeting[1] - meeting[0]) // MINUTE))


def is_open(entry: Entry, meeting: Span) -> bool:
    """Whether it begins or ends nobody knows when, perhaps within the meeting."""
    if entry.minutes is not None or bool(entry.joined) == bool(entry.left):
        return False
    return entry.joined < meeting[1] if entry.joined else entry.left is not None and entry.left > meeting[0]


def at_most(entry: Entry, meeting: Span) -> int:
    """A length without times counts as it is; between two times it is no longer than what lies of them in the meeting."""
    assert entry.minutes is not None
    if entry.joined is None or entry.left is None:
        return entry.minutes
    inside = min(entry.left, meeting[1]) - max(entry.joined, meeting[0])
    return min(entry.minutes, max(inside // MINUTE, 0))
