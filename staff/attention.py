"""What needs a person, for the first page of the desk, within the person's hosts: a fixed number of queries.

Each room brings its cards (`attention.py` of the room); here is their order, and what tells of several rooms.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.attention import session_line
from desk.attention import SHOWN, Card, Line, cards_for, needs_a_person
from hubs.coverage import sessions_without_agreement
from hubs.duration import ONE_DAY
from hubs.models import Agreement
from hubs.models.agreement import ENDING_SOON
from hubs.scope import in_scope, numbers_of_own_hosts, sees_all_hosts
from outbox.models import Letter, Outage, not_yet

from .letter_scope import letters_within

ORDER = (
    "coming",
    "imports",
    "overbooked",
    "attendance",
    "platform_reports",
    "certificates",
    "badges",
    "drafts",
    "speakers",
    "translations",
    "promises",
    "agreements",
    "proposals",
    "messages",
    "letters",
    "doubles",
)
LATE = timedelta(minutes=15)


def what_needs_attention(person: User, now: datetime | None = None) -> list[Card]:
    return cards_for(person, now or timezone.now(), order=ORDER)


def ask_for_attention() -> None:
    needs_a_person("agreements", agreements, permission="hubs.view_agreement")
    needs_a_person("letters", letters, permission="outbox.view_letter")


def agreements(person: User, now: datetime) -> Card:
    """What ends soon, and what is announced without an agreement behind it."""
    every = in_scope(Agreement.objects.signed().for_reading(), person, host="host")
    near = every.filter(
        lasts_until__gte=now.date() - ONE_DAY, lasts_until__lte=now.date() + ENDING_SOON
    ).order_by("lasts_until")
    lines = [
        Line(
            reverse("admin:hubs_agreement_overview", args=[agreement.pk]),
            str(agreement),
            _("last day %(day)s") % {"day": agreement.last_day.isoformat()},
            badge=str(Agreement.State.ENDING_SOON.label),
            tone="warning",
        )
        for agreement in near
        if agreement.state(agreement.today(now)) == Agreement.State.ENDING_SOON
    ]
    bare = sessions_without_agreement(now).prefetch_related("meetings")
    if not sees_all_hosts(person):
        bare = bare.filter(activity__host__in=numbers_of_own_hosts(person))
    first = [*bare.begun(now).order_by()[:SHOWN], *bare.to_come(now).order_by("listed_at", "pk")[:SHOWN]][
        :SHOWN
    ]
    lines += [session_line(session, now, badge=_("no agreement"), tone="warning") for session in first]
    return Card(
        _("Agreements"),
        _("No agreement ends soon, and every session to come has one behind it."),
        lines,
        reverse("admin:hubs_agreement_changelist"),
        _("All agreements"),
    )


def letters(person: User, now: datetime) -> Card:
    unsettled = Letter.objects.filter(state__in=(Letter.State.FAILED, Letter.State.WAITING))
    counts = letters_within(unsettled, person).aggregate(
        failed=Count("pk", filter=Q(state=Letter.State.FAILED)),
        late=Count("pk", filter=Q(state=Letter.State.WAITING, written_at__lt=now - LATE) & ~not_yet(now)),
    )
    page = reverse("admin:outbox_letter_changelist")
    lines = []
    outage = Outage.objects.filter(is_certain=True).first()
    if outage:
        lines.append(Line(page, _("The mail server takes no letters"), outage.reason, tone="bad"))
    if counts["failed"]:
        words = ngettext("%(count)d letter was given up", "%(count)d letters were given up", counts["failed"])
        failed = f"{page}?{urlencode({'state__exact': Letter.State.FAILED})}"
        lines.append(
            Line(
                failed,
                words % {"count": counts["failed"]},
                _("Look why, then send them again or leave them."),
                tone="bad",
            )
        )
    if counts["late"]:
        words = ngettext(
            "%(count)d letter has waited for more than a quarter of an hour",
            "%(count)d letters have waited for more than a quarter of an hour",
            counts["late"],
        )
        waiting = f"{page}?{urlencode({'state__exact': Letter.State.WAITING})}"
        lines.append(Line(waiting, words % {"count": counts["late"]}, tone="warning"))
    return Card(_("Letters"), _("All letters went, or are on their way."), lines, page, _("All letters"))
