"""When an account is deleted, each room forgets what it holds of the person. Rooms say here that they want to be asked.

Who asks them is `accounts/erasing.py`. A test fails for a model that leads to a person or to a registration and that no room
answers for (tests/test_lists.py).
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple

from allauth.account.models import EmailAddress
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models import FormerAddress, User

type Forget = Callable[[User, datetime], None]
# Answered with the person locked: `end(person, by, now)`.
type End = Callable[[User, User, datetime], None]
type GiveUp = Callable[[User, datetime], End]


class ChangedMeanwhile(Exception):
    """What was locked before the person is no longer all that has to be locked: the erasure begins anew."""


class Part(NamedTuple):
    forget: Forget
    covers: frozenset[type[Model]]
    give_up: GiveUp | None


parts: list[Part] = []


def when_forgetting(
    forget: Forget, *, covers: Collection[type[Model]], give_up: GiveUp | None = None
) -> None:
    """From now on `forget(person, now)` is called, in the same transaction, before the person's own row is emptied.

    `covers` are the models whose rows it answers for. `give_up(person, now)` is called first, where others wait for what
    the person leaves: it locks what is locked before a person everywhere (sessions, in their order), and answers with what
    is to be done once the person is locked, too. That may raise ChangedMeanwhile.
    """
    part = Part(forget, frozenset(covers), give_up)
    if part not in parts:
        parts.append(part)


def emails_of(person: User) -> list[str]:
    """Every e-mail address that is or was the person's, in small letters. Not one that is somebody else's by now."""
    return emails_of_each([person])[person.pk]


def emails_of_each(people: Collection[User]) -> dict[int, list[str]]:
    """The same of many people in as many questions as of one, by their numbers."""
    known = {person.pk: {person.email.lower()} - {""} for person in people}
    rows = [
        *EmailAddress.objects.filter(user__in=known).values_list("user", "email"),
        *FormerAddress.objects.filter(person__in=known).values_list("person", "email"),
    ]
    for pk, email in rows:
        known[pk].add(email.lower())
    every = {email for emails in known.values() for email in emails}
    holders = {
        email.lower(): pk for pk, email in User.objects.filter(email__in=every).values_list("pk", "email")
    }
    return {
        pk: sorted(email for email in emails if holders.get(email, pk) == pk) for pk, emails in known.items()
    }


def names_of(person: User) -> list[str]:
    """The person's name, and those before it that the history tells of."""
    changes = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User),
        object_pk=str(person.pk),
        changes__has_key="name",
    ).values_list("changes__name", flat=True)
    return sorted(
        {
            name
            for name in [person.name, *(name for pair in changes for name in pair)]
            if name and name != "None"
        }
    )
