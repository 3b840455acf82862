"""The letters about signing in and about the account itself.

What somebody asks for on a page is written in the language of the page; what staff do, in the person's.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from outbox.actions import write_letter
from outbox.links import link_to
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as

from .models import User
from .roles import Role


def sign_in_code(*, person: User | None, to: str, code: str, minutes: int) -> Letter | None:
    """To an address that is known, or that becomes an account once the code comes back (`person` is None)."""
    key = f"sign-in code {secrets.token_hex(12)}"
    return write_letter(with_code("sign_in_code", key, person, to, code, minutes))


def address_code(*, person: User, to: str, code: str, minutes: int) -> Letter | None:
    """To a new address, which the person says is theirs."""
    return write_letter(with_code("address_code", new_key("address code", person), person, to, code, minutes))


def with_code(kind: str, key: str, person: User | None, to: str, code: str, minutes: int) -> NewLetter:
    now = timezone.now()
    return NewLetter(
        kind=kind,
        key=key,
        person=person,
        to=to,
        language=get_language() or "",
        template=kind,
        context={"code": code, "minutes": minutes},
        secret=True,
        urgent=True,
        useless_after=now + timedelta(minutes=minutes),  # a code that opens nothing is of no use
        now=now,
    )


def account_note(*, person: User, to: str, subject: str, text: str) -> Letter | None:
    """What happened to the account, in allauth's words: a passkey added, the address changed."""
    language = get_language() or ""
    return write_letter(note(person, to, subject, text.split("\n\n"), language=language))


WHAT_A_ROLE_DOES = {
    Role.SECRETARIAT: gettext_lazy(
        "You run the whole station: activities, sessions, registrations, letters, people and agreements of all hosts."
    ),
    Role.COORDINATOR: gettext_lazy(
        "You run the activities of your hosts, with their sessions, registrations and letters."
    ),
    Role.REVIEWER: gettext_lazy("You read the proposals that are given to you, and score them."),
    Role.READER: gettext_lazy("You see what the staff see, and change nothing."),
}


def new_role(*, person: User, role: Role, now: datetime | None = None) -> Letter | None:
    """What the person may do from now on, and how they get in."""
    with reading_as(person):
        context = {
            "name": person.name,
            "what": WHAT_A_ROLE_DOES[role],
            "hosts": [host.name for host in person.hosts.all()] if role == Role.COORDINATOR else [],
            "page": link_to("admin:index"),
        }
    return write_letter(
        NewLetter(
            kind="new_role",
            key=new_key("new role", person),
            person=person,
            template="new_role",
            context=context,
            now=now,
        )
    )


def address_corrected(*, person: User, to: str, now: datetime | None = None) -> Letter | None:
    """To the new address, which the Secretariat wrote down."""
    subject = gettext_lazy("Your address was corrected")
    paragraphs = [
        gettext_lazy(
            "From now on the Learning Station writes to you at this address, and you sign in with it."
        ),
        gettext_lazy("The secretariat corrected it. If that is wrong, please answer this letter."),
    ]
    return write_letter(note(person, to, subject, paragraphs, now=now))


def address_left(*, person: User, to: str, now: datetime | None = None) -> Letter | None:
    """To the former address. The new one is not named: a wrong address may be another person's."""
    subject = gettext_lazy("This address is no longer used")
    paragraphs = [
        gettext_lazy(
            "The secretariat corrected the address of your account. You can no longer sign in with this one."
        ),
        gettext_lazy("If you did not ask for that, please write to the secretariat."),
    ]
    return write_letter(note(person, to, subject, paragraphs, now=now))


def note(
    person: User,
    to: str,
    subject: str | Promise,
    paragraphs: Sequence[str | Promise],
    *,
    language: str = "",
    now: datetime | None = None,
) -> NewLetter:
    """In `language`, or else in the person's own."""
    return NewLetter(
        kind="account_note",
        key=new_key("account note", person),
        person=person,
        to=to,
        language=language,
        template="account_note",
        context={"note_subject": subject, "paragraphs": paragraphs},
        now=now,
    )


def new_key(words: str, person: User) -> str:
    """Of a letter that is written each time it is asked for."""
    return f"{words} {person.pk} {secrets.token_hex(8)}"
