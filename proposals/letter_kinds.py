from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(
    proposal_confirm=_("proposal: prove the address"),
    proposal_continue=_("proposal: go on writing"),
    proposal_join=_("proposal: asked to join"),
    proposal_received=_("proposal: received"),
    proposal_received_again=_("proposal: received again"),
    proposal_changes_asked=_("proposal: changes asked for"),
    proposal_accepted=_("proposal: accepted"),
    proposal_declined=_("proposal: declined"),
    proposal_withdrawn=_("proposal: withdrawn"),
    proposal_published=_("proposal: published"),
    proposal_message=_("proposal: message to the proposers"),
    proposal_message_to_desk=_("proposal: message to the desk"),
    proposal_assigned=_("proposal: given to a reviewer"),
    proposal_read_again=_("proposal: to be read again"),
)

can_wait(
    "proposal_changes_asked",
    "proposal_accepted",
    "proposal_declined",
    "proposal_published",
    "proposal_assigned",
    "proposal_read_again",
)
