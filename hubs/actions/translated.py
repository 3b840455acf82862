"""A translated field by its languages."""

from django.conf import settings
from django.db.models import Model

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]


def texts(row: Model, field: str) -> dict[str, str]:
    """A translated field's text in each language."""
    names = {code: f"{field}_{code}" for code in LANGUAGES}
    return {code: getattr(row, name) for code, name in names.items() if getattr(row, name)}


def columns(field: str, text: str | dict[str, str]) -> dict[str, str]:
    """The columns of a translated field: from one text in the language at hand, or from a text for each language."""
    if isinstance(text, str):
        return {field: text}
    return {f"{field}_{code}": words for code, words in text.items()}
