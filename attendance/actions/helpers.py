"""Trainers and assistants whom the host's staff let see one session's list."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Session
from registrations.actions.lock import lock_session

from .. import errors, letters
from ..models import Helper

HELPERS_AT_MOST = 20


@transaction.atomic
def name_helper(*, session: Session, email: str, post: str, by: User, now: datetime | None = None) -> Helper:
    """Let whoever has this address see the session's list, and tell them so. Named again, only the post changes.

    Raises TooManyHelpers.
    """
    session = lock_session(session.pk)
    known = session.helpers.filter(email__iexact=email).first()
    if known:
        known.post = post
        known.save(update_fields=["post"])
        return known
    if session.helpers.count() >= HELPERS_AT_MOST:
        raise errors.TooManyHelpers(HELPERS_AT_MOST)
    helper = Helper.objects.create(session=session, email=email.lower(), post=post, named_by=by)
    letters.helper_named(helper, now=now or helper.named_at)
    return helper


@transaction.atomic
def dismiss_helper(*, helper: Helper, by: User) -> None:
    """From now on they see nothing. What they noted stays. The history says who did it."""
    helper.delete()
