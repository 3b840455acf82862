import time
from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from celery import shared_task
from django.utils import timezone

from . import actions
from .signing import Signer

# Signing waits for its next turn then, so that other tasks have theirs.
SECONDS = 30


class Step(Protocol):
    """Answers how many badges it signed, and the certificates of which it could not."""

    def __call__(self, *, by: Signer, now: datetime, leaving: Collection[int]) -> tuple[int, list[int]]: ...


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
    return sum(until_done(step, signer, now, until) for step in (actions.sign_anew, actions.give))


def until_done(step: Step, by: Signer, now: datetime, until: float) -> int:
    """A few at a time, until none is left or the time is over. What cannot be signed is left out until the next minute."""
    count, failed = 0, set[int]()
    while time.monotonic() < until:
        made, not_made = step(by=by, now=now, leaving=failed)
        count += made
        failed.update(not_made)
        if not made and not not_made:
            break
    return count
