"""The kinds of letters in words, for staff. Each room names its own in its `letter_kinds.py`."""

from django.utils.functional import Promise
from django.utils.text import capfirst

_names: dict[str, str | Promise] = {}
_can_wait: set[str] = set()


def name_kinds(**names: str | Promise) -> None:
    _names.update(names)


def can_wait(*kinds: str) -> None:
    """From now on letters of these kinds keep to the quiet hours of who gets them: nothing is lost when they are read in the
    morning."""
    _can_wait.update(kinds)


def waits_for_morning(kind: str) -> bool:
    return kind in _can_wait


def kinds_that_can_wait() -> frozenset[str]:
    return frozenset(_can_wait)


def kind_name(kind: str) -> str:
    """The kind itself where its room has no words for it (any more)."""
    return capfirst(str(_names.get(kind, kind)))


def known_kinds() -> list[tuple[str, str]]:
    """By name, for a filter."""
    return sorted(((kind, kind_name(kind)) for kind in _names), key=lambda pair: pair[1])
