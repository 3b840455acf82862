"""A large import against a loop of single registrations, in the same run: what one costs, with account and letter."""

import gc
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from tools.local.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from catalog.models import Session

    type Register = Callable[[Session, User, int], None]

SINGLE, MANY = 200, 5_000


def compare_imports() -> None:
    single, many = milliseconds_each(SINGLE, one_by_one), milliseconds_each(MANY, out_of_a_list)
    say(
        f"People registered out of a list: one of {MANY:,} costs {many / single:.2f} × one registered singly, in the worker"
        f" and PostgreSQL ({many:.2f} ms and {single:.2f} ms; at most 1.2 is meant)"
    )


def milliseconds_each(people: int, register: "Register") -> float:
    """CPU. The first few only warm up."""
    register_and_clear(20, register)
    return register_and_clear(people, register) * 1000 / people


def register_and_clear(people: int, register: "Register") -> float:
    """Committed as in life, step by step; what was made goes afterwards."""
    from django.db import connection

    from .server import database_seconds

    session, by = coming_session()
    gc.collect()
    began = time.process_time() + database_seconds()
    register(session, by, people)
    took = time.process_time() + database_seconds() - began
    assert session.registrations.count() == people
    clear(session, by)
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE registrations_registration, accounts_user, outbox_letter, catalog_session"
        )
    return took


def coming_session() -> "tuple[Session, User]":
    from django.utils import timezone

    from accounts.models import User
    from catalog.models import Activity, Session

    starts_at = timezone.now() + timedelta(days=100)
    activity = Activity.objects.filter(published_at__isnull=False, withdrawn_at=None).earliest("pk")
    session = Session.objects.create(
        activity=activity, timezone="UTC", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    return session, User.objects.create_superuser("registers.many@example.org", name="Registers Many")


def clear(session: "Session", by: "User") -> None:
    from accounts.models import User
    from outbox.models import Letter

    people = User.objects.filter(registrations__session=session)
    numbers = list(people.values_list("pk", flat=True))
    Letter.objects.filter(person__in=numbers).delete()
    session.registrations.all().delete()
    session.delete()
    User.objects.filter(pk__in=[*numbers, by.pk]).delete()


def facts(number: int) -> dict[str, str]:
    return {
        "name": f"Nominee {number}",
        "organization_other": "City of Example",
        "post": "Officer",
        "profile": "technical",
        "country": "SN",
        "timezone": "Africa/Dakar",
    }


def one_by_one(session: "Session", by: "User", people: int) -> None:
    """As the desk adds a person."""
    from accounts.actions import find_or_create_person, update_profile
    from registrations.actions import register

    for number in range(people):
        person = find_or_create_person(email=f"nominee{number}@example.org", language="en")
        update_profile(person=person, by=by, **facts(number))
        register(session=session, person=person, by=by, ground="named")


def out_of_a_list(session: "Session", by: "User", people: int) -> None:
    from imports.actions import begin, go_on, make
    from imports.reading import read_file

    lines = ["E-mail address,Name,Organization,Post,Profile,Country,Time zone"]
    for number in range(people):
        lines.append(",".join([f"nominee{number}@example.org", *facts(number).values()]))
    content = "\n".join(lines).encode()
    made = make(
        session=session,
        sheet=read_file(content),
        content=content,
        ground="named",
        source="Nominations",
        for_all={},
        by=by,
    )
    begin(of=made, by=by)
    go_on(of=made)
