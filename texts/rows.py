"""What stands in a row, and numbers beside words, in the order in which the reader's script reads them."""

from collections.abc import Iterable

from django.utils.translation import get_language_bidi, pgettext


def listed(parts: Iterable[str]) -> str:
    """“Cairo, Accra”: with the comma of the language."""
    return pgettext("between things in a row", ", ").join(parts)


def in_order(text: str) -> str:
    """A day or an hour in digits, for a sentence: behind Arabic letters its parts would stand the other way round."""
    return f"\u2066{text}\u2069" if get_language_bidi() else text


def as_read(text: str) -> str:
    """Two hours with a dash: on an Arabic page the first stands on the right, where reading begins, with words or alone."""
    return f"\u2067{text}\u2069" if get_language_bidi() else text
