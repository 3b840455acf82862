"""What of badges needs a person: certificates that have waited for theirs too long, where the station had a key before."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from credentials.access import LOOK
from desk.attention import SHOWN, Card, Line, needs_a_person
from hubs.scope import in_scope

from .due import without_badge
from .models import IssuerKey

WAITED_LONG = timedelta(hours=2)


def ask_for_attention() -> None:
    needs_a_person("badges", waiting, permission=LOOK)


def waiting(person: User, now: datetime) -> Card | None:
    """None where nothing waits: the desk can do nothing but tell the operators."""
    if not IssuerKey.objects.exists():
        return None
    late = without_badge().filter(issued_at__lt=now - WAITED_LONG).for_showing()
    of_hosts = in_scope(late, person, host="registration__session__activity__host")
    lines = [
        Line(
            reverse("admin:credentials_certificate_change", args=[one.pk]),
            one.said.title,
            one.code,
            badge=_("no badge yet: tell the operators"),
            tone="warning",
        )
        for one in of_hosts.order_by("issued_at", "pk")[:SHOWN]
    ]
    if not lines:
        return None
    return Card(
        _("Badges"),
        "",
        lines,
        reverse("admin:credentials_certificate_changelist"),
        _("All certificates"),
    )
