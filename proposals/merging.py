"""What becomes of proposals when two people are merged. Who wrote a version, a message or a review stays who did."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from merging.moving import Moving
from merging.parts import Line, Part, lock_rows, rows_move

from .models import CoProposer, Proposal

OF_PROPOSALS: Part[User] = rows_move(Proposal, "person", _("proposals"))


def together(kept: User, gone: User) -> QuerySet[CoProposer]:
    """Not of what the one that stays proposes already."""
    return gone.co_proposals.exclude(proposal__in=kept.proposals.all()).exclude(
        proposal__in=kept.co_proposals.values("proposal")
    )


def move(moving: Moving[User]) -> None:
    moving.move_rows(together(moving.kept, moving.gone), "person")


OF_CO_PROPOSALS = Part(
    covers=(CoProposer,),
    outlook=lambda kept, gone: [Line(_("proposals made with others"), together(kept, gone).count())],
    lock=lambda kept, gone: lock_rows(gone.co_proposals.all()),
    move=move,
)
