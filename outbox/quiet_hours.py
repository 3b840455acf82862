"""Quiet hours: from 21:00 to 8:00 on a person's own clock, letters that can wait do not come, unless the person
wants them to.

Which kinds can wait their rooms say (`outbox.kinds.can_wait`). A letter waits in its row, by `next_try_at`; a
reminder, which is derived from facts, is not due while its reader sleeps. Whose clock is not known is written to at
any hour.
"""

from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser

BEGIN, END = time(21), time(8)


def is_quiet(at: datetime, zone: tzinfo) -> bool:
    clock = at.astimezone(zone).time()
    return clock >= BEGIN or clock < END


def morning_after(at: datetime, zone: tzinfo) -> datetime:
    """The next end of the quiet hours, in UTC. Where clocks change in that hour it is the first that the clock shows."""
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=0 if local.time() < END else 1)
    return datetime.combine(day, END, zone).astimezone(UTC)


def keeps_quiet_hours(person: AbstractBaseUser | None) -> bool:
    """Whether letters that can wait do so for this person."""
    return bool(getattr(person, "quiet_hours", False) and getattr(person, "timezone", ""))


def when_it_may_come(
    person: AbstractBaseUser | None, zone: tzinfo, now: datetime, useless_after: datetime | None
) -> datetime:
    """At once, or in the morning: but for what would say nothing any more by then."""
    if not keeps_quiet_hours(person) or not is_quiet(now, zone):
        return now
    morning = morning_after(now, zone)
    return now if useless_after and useless_after <= morning else morning


def asleep(at: datetime) -> list[str]:
    """The names of all zones in which it is quiet then: for a question that the database answers, by our table of zones."""
    return _asleep(at.astimezone(UTC).replace(second=0, microsecond=0))


@lru_cache(maxsize=64)
def _asleep(minute: datetime) -> list[str]:
    return [name for name, zone in _zones() if is_quiet(minute, zone)]


@cache
def _zones() -> list[tuple[str, ZoneInfo]]:
    """All of them, in order. `zoneinfo` itself keeps the last eight, and would read six hundred files each minute."""
    return [(name, ZoneInfo(name)) for name in sorted(available_timezones())]
