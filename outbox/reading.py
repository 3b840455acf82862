"""Who reads a letter: in which language, and by which clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone, translation


def language_of(person: AbstractBaseUser | None) -> str:
    """The person's language as a code ("fr"); without a person, or one of their own, the language that is set."""
    return getattr(person, "language", None) or translation.get_language() or settings.LANGUAGE_CODE


def zone_of(person: AbstractBaseUser | None) -> tzinfo:
    """The person's time zone; without a person the zone that is set."""
    return getattr(person, "zone", None) or timezone.get_current_timezone()


@contextmanager
def reading_as(
    person: AbstractBaseUser | None = None, *, language: str = "", zone: tzinfo | None = None
) -> Iterator[None]:
    """Within, words, links and hours are as the person reads them; `language` and `zone` go before the person's own.

    Without any of them nothing changes.
    """
    with translation.override(language or language_of(person)), timezone.override(zone or zone_of(person)):
        yield
