"""The life of a proposal: its states, and who may move it from which to which. `actions.move` is the one that does."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("received")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_ASKED = "changes_asked", _("changes asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    BECAME_ACTIVITY = "became_activity", _("became an activity")


class Mover(StrEnum):
    PROPOSER = "proposer"
    READER = "reader"  # who reviews
    DECIDER = "decider"  # who decides: the Secretariat
    STATION = "station"  # nobody: a fact moved it


MOVES: dict[tuple[State, State], set[Mover]] = {
    (State.DRAFT, State.SUBMITTED): {Mover.PROPOSER},
    (State.SUBMITTED, State.IN_REVIEW): {Mover.READER, Mover.DECIDER},
    (State.SUBMITTED, State.CHANGES_ASKED): {Mover.DECIDER},
    (State.SUBMITTED, State.ACCEPTED): {Mover.DECIDER},
    (State.SUBMITTED, State.DECLINED): {Mover.DECIDER},
    (State.SUBMITTED, State.WITHDRAWN): {Mover.PROPOSER},
    (State.IN_REVIEW, State.CHANGES_ASKED): {Mover.DECIDER},
    (State.IN_REVIEW, State.ACCEPTED): {Mover.DECIDER},
    (State.IN_REVIEW, State.DECLINED): {Mover.DECIDER},
    (State.IN_REVIEW, State.WITHDRAWN): {Mover.PROPOSER},
    (State.CHANGES_ASKED, State.IN_REVIEW): {Mover.PROPOSER},
    (State.CHANGES_ASKED, State.DECLINED): {Mover.DECIDER},
    (State.CHANGES_ASKED, State.WITHDRAWN): {Mover.PROPOSER},
    (State.ACCEPTED, State.BECAME_ACTIVITY): {Mover.STATION},
}

# The proposer may write in these; readers read what was sent last all the same.
EDITABLE = {State.DRAFT, State.SUBMITTED, State.CHANGES_ASKED}
# Somebody has to answer.
OPEN = {State.SUBMITTED, State.IN_REVIEW, State.CHANGES_ASKED}
# Readers give scores in these.
READ = {State.SUBMITTED, State.IN_REVIEW}
DECIDED = {State.ACCEPTED, State.DECLINED, State.BECAME_ACTIVITY}
