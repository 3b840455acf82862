"""What a column of a report tells, and which headings name it in which language: `headings/`, a file for each platform."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from sheets.headings import plain_heading

from .facts import Platform

FOLDER = Path(__file__).parent / "headings"


class Column(Enum):
    NAME = "name"
    BOTH_NAMES = "both_names"  # and in brackets the one before it was changed in the call
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    SIGN_IN = "sign_in"
    JOINED = "joined"
    LEFT = "left"
    LENGTH = "length"
    ACTION = "action"
    MOMENT = "moment"  # of the action
    ROLE = "role"
    ATTENDED = "attended"
    WAITING = "waiting"
    REGISTERED = "registered"
    MEETING = "meeting"
    STARTS = "starts"  # the meeting
    OTHER = "other"


WHO = frozenset(
    {Column.NAME, Column.BOTH_NAMES, Column.FIRST_NAME, Column.LAST_NAME, Column.EMAIL, Column.SIGN_IN}
)
# What only a list of people has, so that one with facts of the meeting beside them is not taken for the meeting's.
OF_PEOPLE = frozenset(
    {Column.BOTH_NAMES, Column.JOINED, Column.LEFT, Column.ATTENDED, Column.WAITING, Column.ACTION}
)
NOT_OF_HEADINGS = re.compile(
    r"[\d@]|^.{90}"
)  # many cells with figures: a line of the table, and the most there are
Places = dict[Column, int]


@dataclass(frozen=True)
class Meaning:
    """What a heading is for one platform in one language."""

    platform: Platform
    column: Column
    language: str


@dataclass(frozen=True)
class Headings:
    """A line of headings: where which column stands, and which platforms it may be of (one vote for each heading)."""

    places: Places
    platforms: Counter[Platform]

    @property
    def is_of_meeting(self) -> bool:
        return Column.MEETING in self.places and not OF_PEOPLE & set(self.places)


@cache
def known_headings() -> dict[str, tuple[Meaning, ...]]:
    known: dict[str, list[Meaning]] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.toml")):
        for column, languages in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for language, headings in languages.items():
                for heading in headings:
                    known[plain_heading(heading)].append(
                        Meaning(Platform(path.stem), Column(column), language)
                    )
    return {heading: tuple(meanings) for heading, meanings in known.items()}


def headings_of(cells: Sequence[str]) -> Headings | None:
    """None where these cells are no headings: two must be known, and not be the same word twice."""
    if len(cells) < 2 or 2 * sum(bool(NOT_OF_HEADINGS.search(cell)) for cell in cells) > len(cells):
        return None
    known = known_headings()
    meanings = [known.get(plain_heading(cell), ()) for cell in cells]
    if sum(map(bool, meanings)) < 2:
        return None
    platforms = Counter(platform for one in meanings for platform in {meaning.platform for meaning in one})
    votes = platforms.most_common()
    likeliest = [platform for platform, count in votes if count == votes[0][1]]
    places: Places = {}
    for place, one in enumerate(meanings):
        columns = [meaning.column for meaning in one if meaning.platform in likeliest] or [
            meaning.column for meaning in one
        ]
        if columns:
            places[columns[0]] = (
                place  # the last one counts: facts of the meeting stand before those of the person
            )
    return Headings(places, platforms) if len(places) >= 2 else None
