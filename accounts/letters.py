"""The letters about signing in and about the account itself. They are written in the language of the page."""

import secrets
from copy import copy
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from outbox.actions import write_letter
from outbox.models import Letter

from .models import User


def sign_in_code(*, person: User | None, to: str, code: str, minutes: int) -> Letter | None:
    """To an address that is known, or that becomes an account once the code comes back (`person` is None)."""
    return write_letter(
        kind="sign_in_code",
        key=f"sign-in code {secrets.token_hex(12)}",
        person=reading_this_page(person) if person else None,
        to=to,
        template="sign_in_code",
        secret=True,
        context={"code": code, "minutes": minutes},
        useless_after=end_of(minutes),
    )


def address_code(*, person: User, to: str, code: str, minutes: int) -> Letter | None:
    """To a new address, which the person says is theirs."""
    return write_letter(
        kind="address_code",
        key=f"address code {person.pk} {secrets.token_hex(8)}",
        person=reading_this_page(person),
        to=to,
        template="address_code",
        secret=True,
        context={"code": code, "minutes": minutes},
        useless_after=end_of(minutes),
    )


def account_note(*, person: User, to: str, subject: str, text: str) -> Letter | None:
    """What happened to the account, in allauth's words: a passkey added, the address changed."""
    return write_letter(
        kind="account_note",
        key=f"account note {person.pk} {secrets.token_hex(8)}",
        person=reading_this_page(person),
        to=to,
        template="account_note",
        context={"note_subject": subject, "paragraphs": text.split("\n\n")},
    )


def end_of(minutes: int) -> datetime:
    """A code that is good for no longer is of no use to anybody."""
    return timezone.now() + timedelta(minutes=minutes)


def reading_this_page(person: User) -> User:
    """The same person, who for this letter reads the language of the page they are on."""
    reader = copy(person)
    reader.language = get_language() or person.language
    return reader
