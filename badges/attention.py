"""What of badges needs a person, where the station had a key before: certificates that have waited for theirs too long, and
lists that are old. The desk can do nothing but tell the operators."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import clock_words
from accounts.models import User
from credentials.access import LOOK
from credentials.models import Certificate
from desk.attention import Card, Line, Waiting, needs_a_person
from hubs.scope import in_scope, sees_all_hosts

from .due import old_lists, without_good_badge
from .models import IssuerKey

WAITED_LONG = timedelta(hours=2)


def ask_for_attention() -> None:
    needs_a_person("badges", waiting, permission=LOOK)


def waiting(person: User, now: datetime) -> Card | None:
    # A station that has just got its first key has not had the time yet.
    if not IssuerKey.objects.filter(adopted_at__lte=now - WAITED_LONG).exists():
        return None
    page = reverse("admin:credentials_certificate_changelist")
    late = in_scope(
        without_good_badge(since=now - WAITED_LONG).for_showing(),
        person,
        host="registration__session__activity__host",
    )
    heads = []
    if sees_all_hosts(person) and (
        oldest := old_lists(since=now - WAITED_LONG).order_by("signed_at").first()
    ):
        heads.append(
            Line(
                page,
                _("Programs may take badges that no longer count"),
                _(
                    "The list that tells them was last signed on %(day)s. Two weeks later they take no badge at all."
                )
                % {"day": clock_words.day(timezone.localtime(oldest.signed_at))},
                badge=_("an old list: tell the operators"),
                tone="bad",
            ),
        )
    card = Card(
        _("Badges"),
        "",
        [Waiting(late.order_by("issued_at", "pk"), late_line)],
        page,
        _("All certificates"),
        heads,
    )
    return card if card.lines else None


def late_line(certificate: Certificate) -> Line:
    return Line(
        reverse("admin:credentials_certificate_change", args=[certificate.pk]),
        certificate.said.title,
        certificate.code,
        badge=_("no badge yet: tell the operators"),
        tone="warning",
    )
