"""Answers kept in the cache until something the public sees changes, a few of them read at once.

Each lies there with the edition it was made in, as kept pages do; an older one counts as not there. Without a cache
everything is simply asked again.
"""

from collections.abc import Callable

from django.core.cache import cache

from page_cache.bounded_keys import bounded_key
from page_cache.edition import EDITION_KEY, current_edition
from page_cache.middleware import FRESH_SECONDS

# Names that begin so stand for what people ask: without end, so they share a fixed number of keys.
ASKED = "asked:"
MOST_ANSWERS = 1024


class EditionCache:
    def __init__(self, *names: str):
        """One read of the cache for everything that has one of these names."""
        keys = {name: key_of(name) for name in names}
        cached = cache.get_many([EDITION_KEY, *keys.values()])
        self.cached = {name: cached[key] for name, key in keys.items() if key in cached}
        # Read before any answer is made: what changes meanwhile makes the answer old, never wrong for long.
        self.edition = cached.get(EDITION_KEY) or current_edition()

    def get_or_make[Answer](self, name: str, make: Callable[[], Answer]) -> Answer:
        """What is kept under this name, or else what `make` answers, which is then kept."""
        cached_name, edition, cached = self.cached.get(name, (None, None, None))
        if cached_name == name and edition is not None and edition == self.edition:
            kept: Answer = cached
            return kept
        value = make()
        if self.edition is not None:
            cache.set(key_of(name), (name, self.edition, value), timeout=FRESH_SECONDS)
        return value


def key_of(name: str) -> str:
    return bounded_key("answers", name, MOST_ANSWERS) if name.startswith(ASKED) else f"answer:{name}"
