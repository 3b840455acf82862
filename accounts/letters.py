"""The letters about signing in and about the account itself. They are written in the language of the page."""

import secrets
from copy import copy
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from outbox.actions import write_letter
from outbox.models import Letter

from .models import User
from .roles import Role


def sign_in_code(*, person: User | None, to: str, code: str, minutes: int) -> Letter | None:
    """To an address that is known, or that becomes an account once the code comes back (`person` is None)."""
    now = timezone.now()
    return write_letter(
        kind="sign_in_code",
        key=f"sign-in code {secrets.token_hex(12)}",
        person=reading_this_page(person) if person else None,
        to=to,
        template="sign_in_code",
        secret=True,
        urgent=True,
        context={"code": code, "minutes": minutes},
        useless_after=now + timedelta(minutes=minutes),  # a code that opens nothing is of no use
        now=now,
    )


def address_code(*, person: User, to: str, code: str, minutes: int) -> Letter | None:
    """To a new address, which the person says is theirs."""
    now = timezone.now()
    return write_letter(
        kind="address_code",
        key=f"address code {person.pk} {secrets.token_hex(8)}",
        person=reading_this_page(person),
        to=to,
        template="address_code",
        secret=True,
        urgent=True,
        context={"code": code, "minutes": minutes},
        useless_after=now + timedelta(minutes=minutes),  # a code that opens nothing is of no use
        now=now,
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
    with translation.override(person.language):
        return write_letter(
            kind="new_role",
            key=f"new role {person.pk} {secrets.token_hex(8)}",
            person=person,
            template="new_role",
            context={
                "name": person.name,
                "what": str(WHAT_A_ROLE_DOES[role]),
                "hosts": [host.name for host in person.hosts.all()] if role == Role.COORDINATOR else [],
                "page": settings.SITE_URL + reverse("admin:index"),
            },
            now=now,
        )


def address_corrected(*, person: User, to: str, now: datetime | None = None) -> Letter | None:
    """To the new address, which the Secretariat wrote down."""
    return told_about_address(
        person,
        to,
        now,
        subject=gettext_lazy("Your address was corrected"),
        paragraphs=[
            gettext_lazy(
                "From now on the Learning Station writes to you at this address, and you sign in with it."
            ),
            gettext_lazy("The secretariat corrected it. If that is wrong, please answer this letter."),
        ],
    )


def address_left(*, person: User, to: str, now: datetime | None = None) -> Letter | None:
    """To the former address. The new one is not named: a wrong address may be another person's."""
    return told_about_address(
        person,
        to,
        now,
        subject=gettext_lazy("This address is no longer used"),
        paragraphs=[
            gettext_lazy(
                "The secretariat corrected the address of your account. You can no longer sign in with this one."
            ),
            gettext_lazy("If you did not ask for that, please write to the secretariat."),
        ],
    )


def told_about_address(
    person: User, to: str, now: datetime | None, *, subject: Promise, paragraphs: list[Promise]
) -> Letter | None:
    with translation.override(person.language):
        return write_letter(
            kind="account_note",
            key=f"account note {person.pk} {secrets.token_hex(8)}",
            person=person,
            to=to,
            template="account_note",
            context={"note_subject": str(subject), "paragraphs": [str(one) for one in paragraphs]},
            now=now,
        )


def reading_this_page(person: User) -> User:
    """The same person, who for this letter reads the language of the page they are on."""
    reader = copy(person)
    reader.language = get_language() or person.language
    return reader
