from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from catalog.models import Session

from ..models import Invitation


@transaction.atomic
def invite(*, session: Session, emails: Iterable[str], by: User) -> int:
    """Let these e-mail addresses register for a session by invitation. Answers how many were new. Writes no letters."""
    invited = {email.lower() for email in session.invitations.values_list("email", flat=True)}
    new = list(dict.fromkeys(email.lower() for email in emails if email.lower() not in invited))
    for email in new:
        # One by one: the history of changes follows rows that are saved.
        Invitation.objects.create(session=session, email=email, invited_by=by)
    return len(new)
