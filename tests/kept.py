"""What is kept in the cache is forgotten, as after a change that the public sees."""

from django.core.cache import cache

from supporters.shown import STATION_KEY


def forget_pages() -> None:
    """Nobody supports the station, which is known, as on any page but the first of half a minute: tests/supporters says what
    that first one costs."""
    cache.clear()
    cache.set(STATION_KEY, [], timeout=None)
