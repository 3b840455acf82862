"""The door: a file or a pasted table in, a `Reading` out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sheets.errors import CannotRead
from sheets.rows import Row

from .columns import WHO, Column
from .content import blocks, completed, tells_time
from .decoding import decoded
from .entries import Clock, entry_of
from .facts import Entry, Kind, Platform, Reading, Span
from .folding import folded
from .moments import moment, order_of, written
from .people import Line, lines
from .tables import Table, best_rows, tables
from .teams import has_sections, lines_of_sections, paired


def read(content: bytes, *, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Reading:
    """What the report says. Its times are on the clock of `zone`, unless a cell tells its own offset."""
    text, encoding = decoded(content)
    return understood(best_rows(text), encoding, (starts_at, ends_at), zone)


def understood(cut: Sequence[Row], encoding: str, meeting: Span, zone: ZoneInfo) -> Reading:
    found = tables(cut)
    heads = [table for table in found if table.headings.is_of_meeting]
    people = of_people(table for table in found if not table.headings.is_of_meeting) or of_people(blocks(cut))
    if not people:
        raise CannotRead(why_nobody(found, heads), cell=cut[0].cells[0] if cut else "")
    kind, told = lines_of(people, cut)
    there = [line for line in told if line.attended and not line.waits]
    clock = Clock(told, meeting, zone)
    entries = entries_of(there, clock, kind)
    return Reading(
        platform_of(found, people, cut),
        kind,
        encoding,
        zone,
        entries,
        not_there=not_there(told, clock, entries),
        has_times=any(entry.joined or entry.left for entry in entries),
        date_order=clock.order_said,
        days=days_of(entries, zone) or days_of_heads(heads, meeting, zone),
        by_content=any(table not in found for table in people),
    )


def of_people(found: Iterable[Table]) -> list[Table]:
    """Tables that tell who was there and when or how long; without any, those that tell who, but not who registered."""
    whole = [table for table in map(completed, found) if WHO & set(table.places)]
    timed = [table for table in whole if tells_time(table.places)]
    return timed or [
        table for table in whole if Column.REGISTERED not in table.places or Column.ATTENDED in table.places
    ]


def why_nobody(found: Sequence[Table], heads: Sequence[Table]) -> Promise:
    if heads:
        return _(
            "It lists meetings and no people. Open the participants of one meeting on the platform, and download those."
        )
    if any(Column.REGISTERED in table.places for table in found):
        return _("It lists who registered, not who was there. Download the report of attendees instead.")
    return _("No table of people and their times was found in it; it begins with “%(cell)s”.")


def lines_of(people: Sequence[Table], cut: Sequence[Row]) -> tuple[Kind, list[Line]]:
    columns = {column for table in people for column in table.places}
    timed = [table for table in people if Column.JOINED in table.places]
    told = [line for table in people for line in lines(table)]
    if Column.ACTION in columns and not timed:
        return Kind.ACTIONS, told
    if has_sections(cut) and timed:
        return (Kind.JOINS if len(timed) > 1 else Kind.PEOPLE), lines_of_sections(people)
    if Column.ATTENDED in columns:
        return Kind.WEBINAR, told
    if timed:
        return Kind.JOINS, told
    return (Kind.LENGTHS if Column.LENGTH in columns else Kind.NAMES), told


def entries_of(there: Sequence[Line], clock: Clock, kind: Kind) -> tuple[Entry, ...]:
    if kind == Kind.ACTIONS:
        moments = ((line, clock.moment(line.joined)) for line in there)
        return tuple(sorted(paired((line, at) for line, at in moments if at), key=lambda entry: entry.line))
    return tuple(entry_of(line, clock) for line in there)


def not_there(told: Sequence[Line], clock: Clock, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Who did not attend a webinar, and who was never let in from the waiting room."""
    came = {key for entry in entries for key in (entry.email, folded(entry.name)) if key}
    kept_out = (line for line in told if line.waits or not line.attended)
    return tuple(entry_of(line, clock) for line in kept_out if not came & {line.email, folded(line.name)})


def platform_of(found: Sequence[Table], people: Sequence[Table], cut: Sequence[Row]) -> Platform:
    """Whose headings most of them are; nobody's where two are alike."""
    if has_sections(cut):
        return Platform.TEAMS
    if not any(tells_time(table.places) for table in people):
        return Platform.LIST
    votes: Counter[Platform] = Counter()
    for table in {id(table): table for table in [*found, *people]}.values():
        votes.update(table.headings.platforms)
    likeliest = votes.most_common(2)
    if not likeliest or (len(likeliest) == 2 and likeliest[0][1] == likeliest[1][1]):
        return Platform.OTHER
    return likeliest[0][0]


def days_of(entries: Sequence[Entry], zone: ZoneInfo) -> tuple[date, ...]:
    moments = (at for entry in entries for at in (entry.joined, entry.left) if at)
    return tuple(sorted({at.astimezone(zone).date() for at in moments}))


def days_of_heads(heads: Sequence[Table], meeting: Span, zone: ZoneInfo) -> tuple[date, ...]:
    """The day on which the meeting began, where only the lines above the table tell it."""
    cells = [
        row.cells[table.places[Column.STARTS]]
        for table in heads
        if Column.STARTS in table.places
        for row in table.rows[:1]
        if len(row.cells) > table.places[Column.STARTS]
    ]
    starts = [found for found in map(written, cells) if found]
    order = order_of(starts, meeting, zone)
    moments = [moment(found, order, zone, meeting) for found in starts] if order else []
    return tuple(sorted({at.astimezone(zone).date() for at in moments if at}))
