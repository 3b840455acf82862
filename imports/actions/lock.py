"""What an import's steps ask first."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import connection

from accounts.models import User
from accounts.whose import owners_of

from ..models import Import

TURN = 0x696D706F7274  # "import": any number of our own


def lock_import(number: int) -> Import:
    """As it is now, locked until the transaction ends: a second worker waits, and goes on where the first one ended."""
    return (
        Import.objects.select_for_update(of=("self",), no_key=True).select_related("read_by").get(pk=number)
    )


def carry_on(of: Import, step: Callable[..., bool], *, now: datetime | None, seconds: float | None) -> Import:
    """Step by step until none is left, or for so many seconds. Answers the import as it is then."""
    until = time.monotonic() + seconds if seconds is not None else None
    while (until is None or time.monotonic() < until) and step(of, now=now):
        pass
    of.refresh_from_db()
    return of


def take_turns() -> None:
    """Until the transaction ends no other step of an import is taken: two that make the same accounts in another order would
    wait in a circle for the e-mail addresses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def lock_people(people: Iterable[int]) -> None:
    """In the order of their numbers, as everywhere."""
    list(
        User.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=people)
        .order_by("pk")
        .values_list("pk")
    )


def numbers_of(emails: Iterable[str]) -> list[int]:
    return [person.pk for person in owners_of(emails, formerly=True).values()]
