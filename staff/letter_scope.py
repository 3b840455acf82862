"""Whose letters a member of staff may see."""

from typing import Any

from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from hubs.models import Agreement, Host
from hubs.scope import numbers_of_own_hosts, sees_all_hosts
from outbox.about import number_of
from outbox.models import Letter
from registrations.models import Registration


def letters_within(letters: QuerySet[Letter], person: User) -> QuerySet[Letter]:
    """All for who sees all hosts; else those about registrations, agreements and messages of the hosts they coordinate.

    Each letter's host is looked up, and no list of all rows of a host made: a page shows a few of very many letters.
    """
    if sees_all_hosts(person):
        return letters
    host = Coalesce(
        of_its_row(Registration.objects.all(), "session__activity__host"),
        of_its_row(Agreement.objects.all(), "host"),
        number_of(Host),
        output_field=BigIntegerField(),
    )
    return numbered(letters).alias(of_host=host).filter(of_host__in=numbers_of_own_hosts(person))


def sealed_for(letters: QuerySet[Letter], person: User) -> QuerySet[Letter]:
    """Those to people whom the host may not see yet are marked: they can be followed, not read."""
    if sees_all_hosts(person):
        return letters
    undisclosed = of_its_row(Registration.objects.filter(discloses=False), "session__activity__host")
    is_one = Q(sealed_of__isnull=False, sealed_of__in=numbers_of_own_hosts(person))
    marked = numbered(letters).alias(sealed_of=undisclosed)
    return marked.annotate(sealed=ExpressionWrapper(is_one, output_field=BooleanField()))


def numbered(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """With the number of the row that they may be about, for `of_its_row`."""
    return letters.alias(about_registration=number_of(Registration), about_agreement=number_of(Agreement))


def of_its_row(rows: QuerySet[Any], host: str) -> Subquery:
    number = OuterRef(f"about_{rows.model._meta.model_name}")
    return Subquery(rows.order_by().filter(pk=number).values(host)[:1])
