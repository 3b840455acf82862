import logging
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from accounts.models import User
from catalog.models import Session

from . import actions, errors
from .due import MOST_AT_ONCE, due
from .models import Round

logger = logging.getLogger(__name__)


@shared_task
def issue() -> int:
    """Every five minutes: certificates for sessions whose lists are closed. Answers how many."""
    return issue_due(now=timezone.now())


def issue_due(*, now: datetime) -> int:
    """Each session by itself: one that fails stops no other, and takes the turn of none: it may fail in every tick."""
    made: list[Round] = []
    for session in due(now):
        try:
            made.append(actions.issue(session=session, now=now))
        except errors.Refused:
            continue  # it changed meanwhile; the desk says what is missing
        except Exception:
            logger.exception("The certificates of session %s were not issued.", session.pk)
        if len(made) == MOST_AT_ONCE:
            break
    return sum(one.issued for one in made)


@shared_task
def issue_of(session: int, by: int) -> int:
    """A round that staff asked for and that is too large for a page. Asked for twice, nobody gets a second certificate."""
    try:
        made = actions.issue(
            session=Session.objects.get(pk=session), by=User.objects.filter(pk=by).first(), now=timezone.now()
        )
    except errors.Refused as refusal:
        logger.warning("The certificates of session %s were not issued: %s", session, refusal)
        return 0
    return made.issued
