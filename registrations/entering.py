"""Who is entered out of a list is told in the letter who did it, whose list it was, and how to be erased (GDPR Art. 14)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from outbox.links import link_to

from .models import Registration

# As the person is told it.
BECAUSE = {
    Registration.Ground.ASKED: _("you asked us to: by mail, by telephone or in the room"),
    Registration.Ground.NAMED: _("your organization named you, and told you so"),
    Registration.Ground.CONTRACT: _("an agreement with your organization provides for it"),
}


@dataclass(frozen=True)
class Entered:
    by: str  # who of the staff
    source: str  # whose list it was, in the words of staff
    ground: str

    @property
    def because(self) -> str:
        """In the language that is set."""
        return str(BECAUSE[Registration.Ground(self.ground)])

    @property
    def deletion_page(self) -> str:
        return link_to("me:delete_account")

    @property
    def data_page(self) -> str:
        return link_to("data_protection")
