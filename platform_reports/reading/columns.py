"""What a column of a report tells, and which headings name it in which language: `headings/`, a file for each platform."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from enum import Enum
from functools import cache
from pathlib import Path

from .facts import Platform

FOLDER = Path(__file__).parent / "headings"


class Column(Enum):
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    JOINED = "joined"
    LEFT = "left"
    LENGTH = "length"
    ACTION = "action"
    MOMENT = "moment"
    ROLE = "role"
    ATTENDED = "attended"
    WAITING = "waiting"
    OTHER = "other"  # known, and not asked for


Named = tuple[Platform, Column]


@cache
def known_headings() -> dict[str, tuple[Named, ...]]:
    """By the heading as `plain_heading` makes it: which platforms call which column so."""
    known: dict[str, list[Named]] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.toml")):
        for column, languages in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for heading in (heading for headings in languages.values() for heading in headings):
                named = Platform(path.stem), Column(column)
                if named not in known[plain_heading(heading)]:
                    known[plain_heading(heading)].append(named)
    return {heading: tuple(named) for heading, named in known.items()}


def plain_heading(cell: str) -> str:
    """Without case, accents' ways of writing and punctuation: “Duration (Minutes)” is “duration minutes”."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", cell).casefold()))


def columns_of(cells: Sequence[str]) -> tuple[Platform, dict[Column, int]] | None:
    """Which column stands where, if these cells are headings: two that are known, one of them naming people."""
    named = [known_headings().get(plain_heading(cell), ()) for cell in cells]
    votes: dict[Platform, int] = defaultdict(int)
    for platform in (platform for one in named for platform in {platform for platform, _column in one}):
        votes[platform] += 1
    if not votes:
        return None
    platform = max(votes, key=votes.__getitem__)
    columns: dict[Column, int] = {}
    for place, one in enumerate(named):
        for column in [column for of, column in one if of == platform] or [column for _of, column in one]:
            columns.setdefault(column, place)
    who = {Column.NAME, Column.FIRST_NAME, Column.LAST_NAME, Column.EMAIL} & set(columns)
    return (platform, columns) if who and sum(map(bool, named)) >= 2 else None
