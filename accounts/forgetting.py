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

from .models import User

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
    known = {
        person.email,
        *EmailAddress.objects.filter(user=person).values_list("email", flat=True),
        *person.former_addresses.values_list("email", flat=True),
    }
    lower = {email.lower() for email in known if email}
    taken = User.objects.exclude(pk=person.pk).filter(email__in=lower).values_list("email", flat=True)
    return sorted(lower - {email.lower() for email in taken})


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
