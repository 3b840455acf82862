"""What a reviewer sees of who proposes: nothing, where the call hides names. Who sees the board sees them everywhere.

Every queue, page, search and file of this room asks here. Which answers name somebody, proposals/content.py says (`names`);
what a document tells of its authors, documents.py takes out.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from proposals.models import Attachment, HistoryLine, Proposal
from proposals.readers import sees_board


def sees_names(person: User, proposal: Proposal) -> bool:
    return sees_board(person) or not proposal.hides_names


def names_show_to(person: User) -> Q:
    """Of proposals: those whose names this person sees, so that a search tells nothing either."""
    return Q() if sees_board(person) else Q(call__isnull=True) | Q(call__hides_names=False)


def file_names(attachments: list[Attachment], *, names: bool) -> list[tuple[Attachment, str]]:
    """A file's own name may tell who wrote it."""
    return [
        (
            attachment,
            attachment.name
            if names
            else _("Concept note %(number)d.%(kind)s") % {"number": number, "kind": attachment.kind},
        )
        for number, attachment in enumerate(attachments, 1)
    ]


def history_shown(proposal: Proposal, *, names: bool) -> list[HistoryLine]:
    """Who joins is a proposer, too."""
    lines = proposal.history.select_related("by")
    return [line for line in lines if names or line.deed != line.Deed.JOINED]


def who_did(line: HistoryLine, *, names: bool) -> str:
    return _("The proposer") if line.by_proposer and not names else str(line.by or _("The station"))
