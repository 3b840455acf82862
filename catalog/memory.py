"""Answers kept in the cache until something the public sees changes, a few of them read at once.

Each lies there with the edition it was made in, as kept pages do; an older one counts as not there. Without a cache
everything is simply asked again.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from kept.edition import EDITION_KEY, current_edition
from kept.middleware import KEEP_SECONDS


class Memory:
    def __init__(self, *names: str):
        """One read of the cache for everything that has one of these names."""
        self.found = cache.get_many([EDITION_KEY, *names])
        # Read before any answer is made: what changes meanwhile makes the answer old, never wrong for long.
        self.edition = self.found.get(EDITION_KEY) or current_edition()

    def recall(self, name: str, make: Callable[[], Any]) -> Any:
        """What is kept under this name, or else what `make` answers, which is then kept."""
        edition, value = self.found.get(name, (None, None))
        if edition is None or edition != self.edition:
            value = make()
            if self.edition is not None:
                cache.set(name, (self.edition, value), timeout=KEEP_SECONDS)
        return value
