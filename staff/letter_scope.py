"""Whose letters a member of staff may see, and which of them tell of a session.

A letter knows what it is about in words ("registration 12"), since its room knows nothing of registrations.
"""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from catalog.models import Session
from hubs.models import Agreement, Host
from hubs.scope import in_scope, sees_all_hosts
from outbox.models import Letter
from registrations.models import Registration


def letters_within(letters: QuerySet[Letter], person: User) -> QuerySet[Letter]:
    """All for who sees all hosts; else those about registrations, agreements and messages of the hosts they coordinate."""
    if sees_all_hosts(person):
        return letters
    return letters.filter(
        Q(
            about__in=named(
                "registration", in_scope(Registration.objects.all(), person, host="session__activity__host")
            )
        )
        | Q(about__in=named("agreement", in_scope(Agreement.objects.all(), person, host="host")))
        | Q(about__in=named("host", in_scope(Host.objects.all(), person, host="")))
    )


def letters_about(letters: QuerySet[Letter], session: Session) -> QuerySet[Letter]:
    """Those to the people registered for the session, whatever language they are in."""
    return letters.filter(about__in=named("registration", session.registrations.all()))


def named(word: str, rows: QuerySet) -> QuerySet:
    """The rows as letters name them."""
    name = Concat(Value(f"{word} "), Cast(F("pk"), CharField()))
    return rows.order_by().annotate(as_named=name).values("as_named")
