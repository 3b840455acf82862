from datetime import datetime

from django.db import transaction
from django.utils import timezone

from outbox.models import Letter

from .. import letters
from ..models import Proposal


@transaction.atomic
def send_link(*, proposal: Proposal, email: str, now: datetime | None = None) -> Letter | None:
    """A letter with the link that opens the draft on another device."""
    return letters.continuation(proposal, email, now=now or timezone.now())
