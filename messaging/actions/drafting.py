"""A draft is written, rewritten and discarded by whoever of the host's staff comes to it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Session
from registrations.actions.lock import lock_session

from .. import errors
from ..models import Message
from .lock import lock_message

type ByLanguage = dict[str, dict[str, str]]


@transaction.atomic
def draft(
    *,
    session: Session,
    groups: Sequence[str],
    words: ByLanguage,
    by: User,
    on_page: bool = True,
    useless_after: datetime | None = None,
    now: datetime | None = None,
) -> Message:
    """Nobody is written to yet. The same asked for twice, as by a double click, is one draft. Raises SessionCancelled."""
    session = lock_session(session.pk)
    now = now or timezone.now()
    refuse_cancelled(session)
    facts = {
        "groups": list(groups),
        "words": words,
        "on_page": on_page,
        "useless_after": useless_after,
        "written_by": by,
    }
    same = session.messages.drafts().filter(**facts).first()
    return same or Message.objects.create(session=session, written_at=now, **facts)


@transaction.atomic
def rewrite(
    *,
    message: Message,
    groups: Sequence[str],
    words: ByLanguage,
    by: User,
    on_page: bool = True,
    useless_after: datetime | None = None,
    seen: datetime | None = None,
    now: datetime | None = None,
) -> Message:
    """`seen` is when the draft was written that is written anew. Raises AlreadySent; RewrittenMeanwhile where somebody has
    written it anew since."""
    message = locked_draft(message)
    if seen and seen != message.written_at:
        raise errors.RewrittenMeanwhile(str(message.written_by or "…"), message.written_at)
    message.groups, message.words = list(groups), words
    message.on_page, message.useless_after = on_page, useless_after
    message.written_at, message.written_by = now or timezone.now(), by
    message.save(update_fields=["groups", "words", "on_page", "useless_after", "written_at", "written_by"])
    return message


@transaction.atomic
def discard(*, message: Message, by: User) -> None:
    """Raises AlreadySent."""
    locked_draft(message).delete()


def locked_draft(message: Message) -> Message:
    locked = lock_message(message)
    if not locked.is_draft:
        raise errors.AlreadySent
    return locked


def refuse_cancelled(session: Session) -> None:
    if session.is_cancelled:
        raise errors.SessionCancelled
