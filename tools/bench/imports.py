"""A large import against a loop of single registrations, in the same run: what one costs, with account and letter."""

import gc
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from tools.local.messages import say

from .platform_reports import meeting_with

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
    """CPU, with everything taken back. The first few only warm up."""
    register_and_take_back(20, register)
    return register_and_take_back(people, register) * 1000 / people


def register_and_take_back(people: int, register: "Register") -> float:
    from django.db import connection, transaction
    from django.utils import timezone

    from .server import database_seconds

    with transaction.atomic():
        meeting, by = meeting_with(1)
        session = meeting.session
        session.registrations.all().delete()
        now = timezone.now()
        session.activity.published_at = now
        session.activity.save()
        session.places, session.starts_at = None, now + timedelta(days=100)
        session.ends_at = session.starts_at + timedelta(hours=1)
        session.save()
        by.is_staff = by.is_superuser = True
        by.save()
        gc.collect()
        began = time.process_time() + database_seconds()
        register(session, by, people)
        took = time.process_time() + database_seconds() - began
        assert session.registrations.count() == people
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registrations_registration, accounts_user")
    return took


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
