"""People and organizations that seem to be there twice."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from desk.attention import Card, Line, needs_a_person

from .doubles import likely_doubles
from .kinds import KINDS


def ask_for_attention() -> None:
    needs_a_person("doubles", doubles)


def doubles(person: User, now: datetime) -> Card | None:
    kinds = [kind for kind in KINDS if person.has_perm(kind.permission)]
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
        lines,
        page,
        _("All likely doubles"),
    )
