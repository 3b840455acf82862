"""Reads what meeting platforms write about a call: Zoom, Microsoft Teams, Webex, in any language, and pasted lists.

    reading = read(content, starts_at=…, ends_at=…, zone=…)     or CannotRead, with a sentence
    people = united(reading, starts_at=…, ends_at=…)            one for each person, devices united, minutes clipped

No rows, no requests: bytes and moments in, plain facts out.
"""

from sheets.errors import CannotRead

from .facts import Entry, Kind, Participant, Platform, Reading
from .folding import folded
from .pasted import read_list
from .reader import read
from .uniting import united

__all__ = [
    "CannotRead",
    "Entry",
    "Kind",
    "Participant",
    "Platform",
    "Reading",
    "folded",
    "read",
    "read_list",
    "united",
]
