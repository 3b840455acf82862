"""A neighbor that hangs is waited for once, not by everybody.

Whoever waited in vain says so, and for a few seconds nobody of this process asks again. Then one tries, and the others go
on without until that one knows more.
"""

import threading
import time
from functools import cache


class Breaker:
    def __init__(self, quiet_seconds: float) -> None:
        self.quiet_seconds = quiet_seconds
        self._lock = threading.Lock()
        self._quiet_until: float | None = None

    def is_open(self) -> bool:
        """Whether not to ask now. False also for the one who tries again when the quiet is over."""
        with self._lock:
            if self._quiet_until is None:
                return False
            if time.monotonic() < self._quiet_until:
                return True
            self.no_answer()
            return False

    def is_quiet(self) -> bool:
        """The same, for who would not be the one to try again."""
        return self._quiet_until is not None and time.monotonic() < self._quiet_until

    def no_answer(self) -> None:
        self._quiet_until = time.monotonic() + self.quiet_seconds

    def answered(self) -> None:
        self._quiet_until = None


VALKEY_IS_QUIET_FOR = 5.0


@cache
def of_valkey(address: str) -> Breaker:
    """The one for this server. The cache and the hand-over of letters share it: they ask the same."""
    return Breaker(VALKEY_IS_QUIET_FOR)
