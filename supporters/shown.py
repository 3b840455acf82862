"""Whom pages name under “With the support of”.

A page is kept whole for half a minute at most (page_cache/middleware.py), so a beginning or an end shows without a change.
Those of the station stand on every page: they are kept as long, and asked for once.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.db.models import Q

from catalog.models import Activity
from hubs.models import Agreement, Host

from .models import Supporter

STATION_KEY = "supporters-of-station"
KEPT_SECONDS = 30


def of_station(now: datetime) -> list[Supporter]:
    today = now.astimezone(UTC).date()
    kept: list[Supporter] | None = cache.get(STATION_KEY)
    if kept is None:
        # Who begins tomorrow is asked for too: midnight may come while they are kept.
        kept = list(
            Supporter.objects.of_station().filter(
                Q(until_day=None) | Q(until_day__gte=today), from_day__lte=today + timedelta(days=1)
            )
        )
        cache.set(STATION_KEY, kept, timeout=KEPT_SECONDS)
    return [supporter for supporter in kept if supporter.is_on(today)]


def of_host(host: Host, agreement: Agreement | None, now: datetime) -> list[Supporter]:
    """Its own, and those of the agreement that its page tells of; one who is both is named once."""
    of = Q(host=host) | Q(agreement=agreement) if agreement else Q(host=host)
    return once(Supporter.objects.on(now.astimezone(host.zone).date()).filter(of))


def of_activity(activity: Activity, now: datetime) -> list[Supporter]:
    zone = activity.host.zone if activity.host else UTC
    return once(activity.supporters.on(now.astimezone(zone).date()))


def once(supporters: Iterable[Supporter]) -> list[Supporter]:
    by_name: dict[str, Supporter] = {}
    for supporter in supporters:
        by_name.setdefault(supporter.name, supporter)
    return list(by_name.values())
