from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog import actions as catalog_actions
from catalog.models import Session

from .. import errors
from ..session_changes import Cancellation, tell_cancelled
from . import lock


@transaction.atomic
def cancel_session(
    *, session: Session, reason: str | Mapping[str, str], by: User, now: datetime | None = None
) -> int:
    """Call the session off and write to everybody confirmed or waiting, with the reason in their language.

    `reason` is a text, or texts by language (“en” is the one to fall back on). Answers how many letters were
    written; none when the session was cancelled before. Raises SessionIsOver.
    """
    session = lock.lock_session(session.pk)
    now = now or timezone.now()
    if session.is_cancelled:
        return 0
    if now >= session.ends_at:
        raise errors.SessionIsOver(session)
    session.cancelled_at = now
    session.cancelled_by = by
    session.sequence += 1
    reasons = reason if isinstance(reason, Mapping) else {settings.MODELTRANSLATION_DEFAULT_LANGUAGE: reason}
    for language, text in reasons.items():
        setattr(session, f"cancellation_reason_{language}", text)
    session.save()
    catalog_actions.note_news(activity=session.activity, now=now)
    return tell_cancelled(Cancellation(session=session, by=by, now=now))
