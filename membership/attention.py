"""People whose claim to act for an organization nobody has confirmed."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organization, User
from desk.attention import Card, Line, Waiting, needs_a_person

from .models import Claim

MAY_CONFIRM = "membership.confirm_claim"


def ask_for_attention() -> None:
    needs_a_person("claims", claims)


def from_lists(request: HttpRequest) -> Sequence[tuple[str, str]]:
    """A way from the list of organizations to the people who say that they act for one."""
    return (
        [(reverse("admin:membership_claim_waiting"), _("People to confirm"))]
        if may_confirm(request.user)
        else []
    )


def may_confirm(person: PermissionsMixin | AnonymousUser) -> bool:
    return person.has_perm(MAY_CONFIRM)


def people_page(organization: Organization) -> str:
    return reverse("admin:accounts_organization_people", args=[organization.pk])


def with_claims_to_confirm(now: datetime) -> list[tuple[Organization, int]]:
    """Each with how many of its people are to be confirmed; most first."""
    counted = (
        Claim.objects.to_confirm(now)
        .filter(organization__merged_into=None)
        .order_by()
        .values_list("organization")
        .annotate(people=Count("pk"))
    )
    numbers = dict(counted)
    named = Organization.objects.filter(pk__in=numbers).named()
    return sorted(((one, numbers[one.pk]) for one in named), key=lambda pair: -pair[1])


def line(pair: tuple[Organization, int]) -> Line:
    organization, count = pair
    words = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
    return Line(people_page(organization), organization.name_shown, words)


def claims(person: User, now: datetime) -> Card | None:
    if not may_confirm(person):
        return None
    ones = with_claims_to_confirm(now)
    return Card(
        _("People to confirm"),
        _("Everybody who acts for an organization is confirmed."),
        [Waiting(ones, line)],
        reverse("admin:membership_claim_waiting"),
        _("All organizations with people to confirm"),
    )
