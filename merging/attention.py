"""People and organizations that seem to be there twice."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from desk.attention import Card, Line, needs_a_person

from .doubles import likely_doubles
from .kinds import KINDS, Kind


def kinds_for(person: PermissionsMixin | AnonymousUser) -> list[Kind[Any]]:
    """Which this person may merge."""
    return [kind for kind in KINDS if person.has_perm(kind.permission)]


def from_lists(request: HttpRequest) -> list[tuple[str, str]]:
    """A way from a list of the desk to what is likely there twice."""
    return [(reverse("admin:merging_merge_doubles"), _("Likely doubles"))] if kinds_for(request.user) else []


def ask_for_attention() -> None:
    needs_a_person("doubles", doubles)


def doubles(person: User, now: datetime) -> Card | None:
    kinds = kinds_for(person)
    if not kinds:
        return None
    page = reverse("admin:merging_merge_doubles")
    lines = [
        Line(f"{page}#{kind.noun}", str(kind.pairs % {"count": count}), badge=_("twice?"), tone="warning")
        for kind in kinds
        if (count := likely_doubles(kind).count())
    ]
    return Card(
        _("Doubles"),
        _("Nobody and no organization seems to be there twice."),
        [],
        page,
        _("All likely doubles"),
        lines,
    )
