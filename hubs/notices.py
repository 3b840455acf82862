"""What agreements need somebody to know: asked of the facts when it is due, never scheduled ahead.

Of the leads before an end (180, 90, 30 days) one is current at any day: the shortest whose day has come. So a notice that
could not go in time gives way to the next, tells the days that are left in truth, and a changed date needs no repair: the
letter's key holds the date. The same is asked once an hour for all (hubs/tasks.py), and at once for one agreement when it
changes.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from outbox.models import Letter

from . import letters
from .delivered import counted_agreements, delivered, met
from .letters import Reader
from .models import Agreement, Milestone

logger = logging.getLogger(__name__)

LEADS = (180, 90, 30)  # days before the end
AHEAD = timedelta(days=30)  # before a milestone or a review is due
# What came due at the end of an agreement is still told for so long after it, should the beat have been down.
AFTERWARDS = timedelta(days=30)

NAMES = {
    "agreement_ending": _("The agreement ends"),
    "milestone_due": _("A milestone is due"),
    "milestone_overdue": _("A milestone is overdue"),
    "review_due": _("The mid-term review is due"),
    "review_overdue": _("The mid-term review is overdue"),
}


@dataclass(frozen=True)
class Notice:
    """One thing to tell. `occurrence` stands in the letter's key; `write` writes the letter to one reader."""

    kind: str
    occurrence: str
    on: date  # since when it is due
    about: str
    write: Callable[..., Letter | None]

    @property
    def name(self) -> str:
        return str(NAMES[self.kind])

    def key(self, to: Reader) -> str:
        return letters.key(self.kind, self.occurrence, to)


def notify(*, now: datetime) -> int:
    """Write every notice that is due. Answers how many letters were written.

    Each agreement is a transaction of its own: one that cannot be worded is logged and holds back no other.
    """
    staff = letters.secretariat()
    written = 0
    for pk in possibly_due(now).values_list("pk", flat=True):
        try:
            written += write_due(pk, now=now, staff=staff)
        except Exception:
            logger.exception("The notices about agreement %s were not written.", pk)
    return written


@transaction.atomic
def write_due(pk: int, *, now: datetime, staff: list[Reader] | None = None) -> int:
    """The notices of one agreement. Its row is locked, so that no date changes between asking and writing."""
    Agreement.objects.select_for_update(of=("self",)).get(pk=pk)
    agreement = with_facts(Agreement.objects.filter(pk=pk), now).get()
    readers = letters.readers(agreement, letters.secretariat() if staff is None else staff)
    due = list(due_now(agreement, now))
    keys = [notice.key(reader) for notice in due for reader in readers]
    written_before = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    written = 0
    for notice in due:
        for reader in readers:
            if notice.key(reader) not in written_before:
                written += notice.write(to=reader, now=now) is not None
    return written


def possibly_due(now: datetime) -> QuerySet[Agreement]:
    """Agreements that may need something said: signed, and not long over."""
    return Agreement.objects.signed().filter(lasts_until__gte=now.date() - AFTERWARDS).order_by("pk")


def with_facts(agreements: QuerySet[Agreement], now: datetime) -> QuerySet[Agreement]:
    return counted_agreements(
        agreements.select_related("host", "renewal", "review").prefetch_related(
            "contacts__person", "milestones__continuation"
        ),
        now=now,
    )


def due_now(agreement: Agreement, now: datetime) -> Iterator[Notice]:
    today = agreement.today(now)
    for notice in foreseen(agreement):
        if notice.on <= today and still_matters(notice, agreement, today):
            yield notice


def to_come(agreement: Agreement, now: datetime) -> list[Notice]:
    """What will be told, as things stand today, soonest first."""
    today = agreement.today(now)
    return sorted(
        (notice for notice in foreseen(agreement) if notice.on > today), key=lambda notice: notice.on
    )


def still_matters(notice: Notice, agreement: Agreement, today: date) -> bool:
    """Whether what has come due is not overtaken by what came due after it."""
    if notice.kind == "agreement_ending":
        return notice.occurrence == letters.occurrence_of_end(agreement, current_lead(agreement, today))
    if notice.kind == "milestone_due":
        return any(
            today <= milestone.due_on
            for milestone in agreement.milestones.all()
            if notice.occurrence == letters.occurrence_of_milestone(milestone)
        )
    if notice.kind == "review_due":
        return agreement.review_due_on is not None and today <= agreement.review_due_on
    return True


def current_lead(agreement: Agreement, today: date) -> int | None:
    """The shortest lead whose day has come; none before the first, none after the end.

    None either on the last day of what ended early: whoever ended it so has just told everybody, or had told them before.
    """
    left = agreement.days_left(today)
    if agreement.ended_early_on == today:
        return None
    return min((lead for lead in LEADS if lead >= left), default=None) if left >= 0 else None


def foreseen(agreement: Agreement) -> Iterator[Notice]:
    """Everything that will be told if nothing changes: what is met, waived, renewed or ended early is left out."""
    if not agreement.is_signed:
        return
    if not agreement.is_renewed:
        for lead in LEADS:
            yield Notice(
                "agreement_ending",
                letters.occurrence_of_end(agreement, lead),
                agreement.last_day - timedelta(days=lead),
                "",
                partial(letters.ending, agreement, lead=lead),
            )
    yield from foreseen_review(agreement)
    so_far = delivered(agreement)
    for milestone in agreement.milestones.all():
        if not (milestone.is_waived or milestone.is_carried_over or met(milestone, so_far)):
            milestone.agreement = agreement
            yield from foreseen_of(milestone, so_far.counted(milestone.measure))


def foreseen_review(agreement: Agreement) -> Iterator[Notice]:
    due_on = agreement.review_due_on
    if due_on is None or hasattr(agreement, "review") or due_on > agreement.last_day:
        return
    occurrence = letters.occurrence_of_review(agreement)
    yield Notice("review_due", occurrence, due_on - AHEAD, "", partial(letters.review_due, agreement))
    yield Notice(
        "review_overdue",
        occurrence,
        due_on + timedelta(days=1),
        "",
        partial(letters.review_overdue, agreement),
    )


def foreseen_of(milestone: Milestone, so_far: int) -> Iterator[Notice]:
    """Nothing of what would come due after an early end."""
    if milestone.agreement.ended_early_on and milestone.due_on > milestone.agreement.ended_early_on:
        return
    title, occurrence = milestone.title, letters.occurrence_of_milestone(milestone)
    yield Notice(
        "milestone_due",
        occurrence,
        milestone.due_on - AHEAD,
        title,
        partial(letters.milestone_due, milestone, so_far=so_far),
    )
    yield Notice(
        "milestone_overdue",
        occurrence,
        milestone.due_on + timedelta(days=1),
        title,
        partial(letters.milestone_overdue, milestone, so_far=so_far),
    )
