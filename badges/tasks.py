import time
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from . import actions

# Signing waits for its next turn then, so that other tasks have theirs.
SECONDS = 30


@shared_task
def keep_up() -> int:
    """Each minute: lists say what is true, and every certificate that stands has its badge. Answers how many were signed."""
    return keep_up_now(now=timezone.now())


def keep_up_now(*, now: datetime) -> int:
    """What was withdrawn comes first: others are told so while new badges wait. Without a key nothing is signed."""
    signer = actions.current_signer(now)
    if signer is None:
        return 0
    actions.renew_lists(by=signer, now=now)
    until = time.monotonic() + SECONDS
    count, failed = 0, set[int]()
    while time.monotonic() < until and (anew := actions.sign_anew(by=signer, now=now)):
        count += anew
    while time.monotonic() < until:
        given, not_made = actions.give(by=signer, now=now, leaving=failed)
        count += given
        failed.update(not_made)
        if not given and not not_made:
            break
    return count
