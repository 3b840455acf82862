"""What waits for the person in this room: proposals whose readers asked for changes."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_pages import Thing

from .models import Proposal
from .states import State


def make_changes(person: User, now: datetime) -> Iterable[Thing]:
    for proposal in Proposal.objects.of(person).filter(state=State.CHANGES_ASKED):
        yield Thing(
            _("Changes are asked for in your proposal “%(title)s”.") % {"title": proposal.title},
            _("Read what is asked"),
            proposal.get_absolute_url(),
        )
