"""Whose letters a member of staff may see."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from accounts.models import User
from hubs.models import Agreement, Host
from hubs.scope import in_scope, sees_all_hosts
from outbox.about import about_each
from outbox.models import Letter
from registrations.models import Registration


def letters_within(letters: QuerySet[Letter], person: User) -> QuerySet[Letter]:
    """All for who sees all hosts; else those about registrations, agreements and messages of the hosts they coordinate."""
    if sees_all_hosts(person):
        return letters
    registrations = in_scope(Registration.objects.all(), person, host="session__activity__host")
    agreements = in_scope(Agreement.objects.all(), person, host="host")
    hosts = in_scope(Host.objects.all(), person, host="")
    return letters.filter(
        Q(about__in=about_each(registrations))
        | Q(about__in=about_each(agreements))
        | Q(about__in=about_each(hosts))
    )


def sealed_for(letters: QuerySet[Letter], person: User) -> QuerySet[Letter]:
    """Those to people whom the host may not see yet are marked: they can be followed, not read."""
    if sees_all_hosts(person):
        return letters
    registrations = in_scope(
        Registration.objects.filter(discloses=False), person, host="session__activity__host"
    )
    about_one = Q(about__in=about_each(registrations))
    return letters.annotate(sealed=ExpressionWrapper(about_one, output_field=BooleanField()))
