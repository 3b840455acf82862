"""Proposals that wait: for who sees the board all of them, for a reviewer what is theirs to read."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from desk.attention import Card, Line, Waiting
from proposals import readers
from proposals.models import Decision, Proposal
from proposals.states import OPEN, State

from .board import Board


def proposals_that_wait(person: User, now: datetime) -> Card | None:
    if not (readers.reviews(person) or readers.sees_board(person)):
        return None
    open_ones = readers.readable_by(person).filter(state__in=OPEN).order_by("submitted_at", "pk")
    kinds = [Waiting(open_ones, lambda proposal: proposal_line(proposal, now))]
    if not readers.sees_board(person):
        return Card(
            _("Proposals to read"),
            _("No proposal waits for you."),
            kinds,
            reverse("reviews:queue"),
            _("To the queue"),
        )
    prepared = Decision.objects.filter(
        released_at=None, proposal__in=readers.readable_by(person).values("pk")
    ).count()
    late = Board(person, {}, now).late
    heads = []
    if late:
        words = ngettext("%(count)d proposal waits too long", "%(count)d proposals wait too long", late)
        page = f"{reverse('reviews:board')}?waits=1"
        heads.append(Line(page, words % {"count": late}, tone="warning", count=late))
    if prepared:
        words = ngettext("%(count)d decision to tell", "%(count)d decisions to tell", prepared)
        heads.append(Line(reverse("reviews:decisions"), words % {"count": prepared}, count=prepared))
    return Card(
        _("Proposals"), _("No proposal is open."), kinds, reverse("reviews:board"), _("All proposals"), heads
    )


def proposal_line(proposal: Proposal, now: datetime) -> Line:
    days = proposal.age_in_days(now)
    age = ngettext("%(count)d day old", "%(count)d days old", days) % {"count": days}
    tone = "warning" if proposal.state == State.SUBMITTED else ""
    page = reverse("reviews:proposal", args=[proposal.code])
    return Line(page, proposal.title, age, str(proposal.get_state_display()), tone)
