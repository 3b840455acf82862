"""Refusals: why a change was not made, said to the person who asked for it, with what they can do now."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """Base of all refusals. One gives its `words`, by gettext_lazy; what %(…)s names in them is an attribute of the refusal.

    A room has a Refused of its own below this one, so that who catches it catches no other room's.
    """

    words: str | Promise

    @property
    def sentence(self) -> str:
        """Worded when it is read, in the reader's language."""
        return str(self.words) % Attributes(self)

    def __str__(self) -> str:
        return self.sentence


class Attributes:
    """Of a refusal, as the values that `%` asks for by name."""

    def __init__(self, refusal: Refused):
        self.refusal = refusal

    def __getitem__(self, name: str) -> Any:
        return getattr(self.refusal, name)
