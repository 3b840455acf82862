"""Which state of a meeting's questions a page shows: a name for it in the cache, new with each change.

A page that asks whether something is new gives back the name it has. The same name: nothing is looked up at all. Without the
cache there is no name, and every answer is whole.
"""

import secrets
from datetime import timedelta
from time import monotonic

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.http import PersonRequest
from catalog.models import Meeting

from .clock import next_change

LIVES = timedelta(days=1)
# In this process: when it was looked up, and what it was.
_remembered: dict[int, tuple[float, str | None]] = {}
MOST_REMEMBERED = 1000


def key_of(meeting: int) -> str:
    return f"questions:{meeting}"


def seconds(meeting: Meeting) -> int:
    """A name ends when the clock alone changes what is said."""
    now = timezone.now()
    change = next_change(meeting, now)
    left = min(change - now, LIVES) if change else LIVES
    return int(left.total_seconds()) + 1


def current(meeting: Meeting) -> str | None:
    """The first who asks names it. Read before the rows: what changes meanwhile makes this an old one."""
    key = key_of(meeting.pk)
    known: str | None = cache.get(key)
    if known is None:
        cache.add(key, secrets.token_hex(8), timeout=seconds(meeting))
        known = cache.get(key)
    return known


def changed(meeting: Meeting) -> None:
    """After the commit there is something new for everybody who looks at these questions."""
    transaction.on_commit(lambda: announce(meeting), robust=True)


def announce(meeting: Meeting) -> None:
    _remembered.pop(meeting.pk, None)
    cache.set(key_of(meeting.pk), secrets.token_hex(8), timeout=seconds(meeting))


def remembered(meeting: int) -> str | None:
    """The name as it was at most a second ago: who is told for a second more that nothing is new asks again soon. Of five
    hundred who ask, one in a second asks the cache."""
    now = monotonic()
    looked_at, version = _remembered.get(meeting, (0.0, None))
    if version is None or now - looked_at > 1:
        version = cache.get(key_of(meeting))
        if len(_remembered) > MOST_REMEMBERED:
            _remembered.clear()
        _remembered[meeting] = (now, version)
    return version


def etag(version: str, person: int, address: str) -> str:
    """For this reader and this address alone: what somebody else was shown opens nothing.

    Weak, as compressing would make it."""
    reader = f"{version} {person} {address}"
    mark = salted_hmac("interaction.versions", reader, algorithm="sha256").hexdigest()[:16]
    return f'W/"{version}.{mark}"'


def is_unchanged(request: PersonRequest, meeting: int) -> bool:
    """Whether the reader has what there is. Asks the cache alone."""
    given = request.headers.get("If-None-Match", "")
    version = remembered(meeting) if given else None
    if version is None:
        return False
    return constant_time_compare(given, etag(version, request.user.pk, request.get_full_path()))
