"""The desk at 200 and at 200,000 registrations in the same run: what each page costs, and how many statements it takes."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.local.messages import say

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User

FEW, MANY = 200, 200_000
MEANT = 3
SECONDS = 1  # for each page
ROLES = ("secretariat", "coordinator")


@dataclass(frozen=True)
class Cost:
    """CPU of one page in the process and in PostgreSQL, and the time it took, in milliseconds."""

    process: float
    database: float
    wall: float
    statements: int

    @property
    def cpu(self) -> float:
        return self.process + self.database


def compare_desks() -> None:
    from .desk_volume import make_small, multiply

    make_small(FEW)
    people = {role: member_of_staff(role) for role in ROLES}
    few = {role: measure(person) for role, person in people.items()}
    multiply(MANY // FEW)
    for role, person in people.items():
        tell(role, few[role], measure(person))


def tell(role: str, few: dict[str, Cost], many: dict[str, Cost]) -> None:
    say(
        f"\nThe desk, {role}: CPU of one page in ms, process and PostgreSQL, and statements,"
        f" at {FEW:,} and {MANY:,} registrations"
    )
    say(f"  {'':34}{'few':>16}{'many':>18}{'ratio':>8}{'statements':>14}")
    for name, cost in many.items():
        small = few[name]
        ratio = cost.cpu / small.cpu
        counts = (
            f"{small.statements}"
            if small.statements == cost.statements
            else f"{small.statements} → {cost.statements}"
        )
        mark = "" if ratio <= MEANT else "  above"
        say(
            f"  {name:34}{small.process:8.0f} {small.database:7.1f}{cost.process:9.0f} {cost.database:8.1f}"
            f"{ratio:8.2f}{counts:>14}{mark}"
        )


def member_of_staff(role: str) -> "User":
    """With a second factor, without which nobody enters the desk. A coordinator runs the host with most sessions."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.db.models import Count

    from accounts.actions import appoint
    from accounts.models import User
    from accounts.roles import Role
    from hubs.models import Host

    superuser, _made = User.objects.get_or_create(
        email="desk@example.org", defaults={"is_superuser": True, "is_staff": True}
    )
    person = User.objects.create(
        email=f"{role}@example.org", name=role.capitalize(), timezone="Europe/Madrid"
    )
    appoint(person=person, role=Role(role), by=superuser)
    TOTP.activate(person, generate_totp_secret())
    if role == "coordinator":
        hosts = Host.objects.annotate(number=Count("activities")).order_by("-number", "pk")
        hosts[0].coordinators.add(person)
    return User.objects.get(pk=person.pk)


def pages(person: "User") -> dict[str, str]:
    """Of things that are there at both sizes."""
    from catalog.models import Session
    from hubs.scope import in_scope
    from registrations.models import Registration

    session = in_scope(
        Session.objects.filter(registrations__isnull=False), person, host="activity__host"
    ).earliest("pk")
    registration = session.registrations.earliest("pk")
    activity = f"/admin/catalog/activity/{session.activity_id}/change/"
    seen = in_scope(Registration.objects.all(), person, host="session__activity__host").count()
    last = -(-seen // 50)
    number = registration.person.name.split()[-1]
    found = {
        "front page": "/admin/",
        "sessions": "/admin/catalog/session/",
        "sessions, all": "/admin/catalog/session/?when=all",
        "registrations": "/admin/registrations/registration/",
        "registrations, waiting": "/admin/registrations/registration/?state__exact=waiting",
        "registrations, the last page": f"/admin/registrations/registration/?p={last}",
        "letters": "/admin/outbox/letter/",
        "one session's desk": f"/admin/catalog/session/{session.pk}/overview/",
        "one session's people": f"/admin/registrations/registration/?session__id__exact={session.pk}",
        "one session's letters": f"/admin/outbox/letter/?session={session.pk}",
        "an activity's form": activity,
        "search: a name": f"/admin/search/?q=Sample+person+{number}",
        "search: an address": f"/admin/search/?q={registration.person.email}",
        "search: a code": f"/admin/search/?q={registration.code}",
        "search: a common word": "/admin/search/?q=water",
        "search: nothing": "/admin/search/?q=zzyzx",
        "search of registrations: a name": f"/admin/registrations/registration/?q=person+{number}",
        "search of registrations: a title": "/admin/registrations/registration/?q=water",
        "search of registrations: nothing": "/admin/registrations/registration/?q=zzyzx",
        "search of letters": "/admin/outbox/letter/?q=person-17",
        "activities": "/admin/catalog/activity/",
    }
    if person.has_perm("accounts.view_user"):
        found["people"] = "/admin/accounts/user/"
        found["search of people"] = f"/admin/accounts/user/?q=person+{number}"
    return found


def measure(person: "User") -> dict[str, Cost]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return {name: cost_of(client, address) for name, address in pages(person).items()}


def cost_of(client: "Client", address: str) -> Cost:
    """The median of as many as the time allows. The first two only warm up."""
    from django.db import connection

    from .server import database_seconds

    ask(client, address)
    statements = 0

    def count[A](execute: Callable[..., A], *statement: object) -> A:
        nonlocal statements
        statements += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        ask(client, address)
    gc.collect()
    times = 0
    began, process, database = time.perf_counter(), time.process_time(), database_seconds()
    while time.perf_counter() - began < SECONDS or times < 3:
        ask(client, address)
        times += 1
    return Cost(
        (time.process_time() - process) * 1000 / times,
        (database_seconds() - database) * 1000 / times,
        (time.perf_counter() - began) * 1000 / times,
        statements,
    )


def ask(client: "Client", address: str) -> None:
    answer = client.get(address, secure=True)
    assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("location"))
