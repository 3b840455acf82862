"""The life of a proposal in plain words, for who proposed it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import formats
from django.utils.translation import gettext as _

from catalog.models import Session

from .models import HistoryLine, Proposal
from .states import State


@dataclass(frozen=True)
class Told:
    at: datetime
    text: str
    why: str = ""


def headline(proposal: Proposal) -> str:
    return {
        State.DRAFT: _("This is a draft"),
        State.SUBMITTED: _("We have your proposal"),
        State.IN_REVIEW: _("Your proposal is being read"),
        State.CHANGES_ASKED: _("We ask you for changes"),
        State.ACCEPTED: _("Your proposal is accepted"),
        State.DECLINED: _("Your proposal was not taken up"),
        State.WITHDRAWN: _("Your proposal is withdrawn"),
        State.BECAME_ACTIVITY: _("Your idea became an activity"),
    }[proposal.shown_state]


def what_next(proposal: Proposal) -> str:
    """What comes next, and by when."""
    by = formats.date_format(proposal.answer_by, "DATE_FORMAT") if proposal.answer_by else ""
    words = {
        State.DRAFT: _("Nobody but you sees it. Send it when it is ready."),
        State.SUBMITTED: _(
            "People who know the field read it now. You have an answer, with reasons, by %(by)s."
        ),
        State.IN_REVIEW: _(
            "Reviewers give their scores and comments. You have an answer, with reasons, by %(by)s."
        ),
        State.CHANGES_ASKED: _("Change what is asked for and send it again; then we go on reading at once."),
        State.ACCEPTED: _(
            "The host prepares the activity with you: dates, speakers, translation. You get a letter when it is published."
        ),
        State.DECLINED: _("You are welcome to propose again, also a new version of this idea."),
        State.WITHDRAWN: _(
            "Nobody reads it any more. Your text stays here, should you want to use it again."
        ),
        State.BECAME_ACTIVITY: _(
            "It is in the catalog. Below you see its dates and how many people registered."
        ),
    }[proposal.shown_state]
    return words % {"by": by}


def history(proposal: Proposal) -> list[Told]:
    """What its proposers may know, the first first. Who reviews is not among it."""
    told = [Told(proposal.started_at, _("The first words were written."))]
    for line in proposal.history.filter(deed__in=HistoryLine.PUBLIC).select_related("by"):
        told.append(Told(line.at, in_words(line), line.why if shows_why(line) else ""))
    return told


def shows_why(line: HistoryLine) -> bool:
    return line.to_state in (State.CHANGES_ASKED, State.DECLINED, State.ACCEPTED, State.WITHDRAWN)


def in_words(line: HistoryLine) -> str:
    if line.deed == HistoryLine.Deed.JOINED:
        return _("%(who)s joined as co-proposer.") % {"who": line.by or _("Somebody")}
    if line.deed == HistoryLine.Deed.SENT_AGAIN:
        return _("A new version was sent.")
    return {
        State.SUBMITTED: _("It was sent to us."),
        State.IN_REVIEW: _("A new version was sent, and reading goes on.")
        if line.from_state == State.CHANGES_ASKED
        else _("Reading began."),
        State.CHANGES_ASKED: _("We asked for changes."),
        State.ACCEPTED: _("It was accepted."),
        State.DECLINED: _("It was not taken up."),
        State.WITHDRAWN: _("It was withdrawn."),
        State.BECAME_ACTIVITY: _("The activity was published."),
    }[State(line.to_state)]


def outcome(proposal: Proposal) -> list[Session]:
    """The sessions of the activity it became, with numbers and no names."""
    activity = proposal.activity
    if activity is None:
        return []
    return list(
        activity.sessions.annotate(
            confirmed=Count("registrations", filter=Q(registrations__state="confirmed")),
            waiting=Count("registrations", filter=Q(registrations__state="waiting")),
        ).order_by("starts_at", "pk")
    )
