"""Letters that wait for a while, so that what they tell of can be taken back before anybody has read it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db.models import F, Model

from outbox.kinds import kinds_that_can_wait
from outbox.models import Letter

_until: ContextVar[datetime | None] = ContextVar("until when letters wait", default=None)


@contextmanager
def holding(until: datetime | None) -> Iterator[None]:
    """Letters written within leave at that moment, or as soon as another is written about the same row. None: at once."""
    before = _until.set(until)
    try:
        yield
    finally:
        _until.reset(before)


def held_until() -> datetime | None:
    return _until.get()


def release(about: Collection[str]) -> int:
    """What waits about these rows goes first: nobody reads that a place was given up who was never told of it. Answers how
    many. One statement; what failed and is tried again keeps its turn, what waits for the morning, too."""
    if held_until() is not None:
        return 0
    waiting = Letter.objects.filter(about__in=[one for one in about if one], state=Letter.State.WAITING)
    held = waiting.filter(attempts=0, next_try_at__gt=F("written_at")).exclude(kind__in=kinds_that_can_wait())
    return held.update(next_try_at=F("written_at"))


def drop(row: Model, *, since: datetime, now: datetime) -> bool:
    """Delete what was written since then about this row and still waits. Answers whether nothing had left: what a worker has
    claimed may be read already.

    Call it under the lock of what the letters are about, so that no other is written meanwhile.
    """
    letters = Letter.objects.about(row).filter(written_at__gte=since)
    # Stopped first, by one statement that asks once more what must be true: a worker that claims one now is waited for.
    letters.filter(state=Letter.State.WAITING).update(state=Letter.State.STOPPED, stopped_at=now)
    letters.filter(state=Letter.State.STOPPED, stopped_at=now).delete()
    return not letters.filter(state__in=[Letter.State.CLAIMED, Letter.State.SENT]).exists()
