"""Two at once: real threads, each with its own connection to PostgreSQL."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from catalog.models import Session
from texts.refusals import Refused

THREADS = 16


def at_once(calls: Iterable[Callable], threads: int = THREADS) -> list:
    """Do all calls in so many threads. Answers what they answered, refusals included."""

    def closing(call: Callable):
        try:
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(closing, calls))


# For twins without the lock


def without_the_lock(session_id: int) -> Session:
    """Instead of `lock_session`."""
    return Session.objects.select_related("activity__host").get(pk=session_id)


def hesitating(function: Callable, *, seconds: float = 0.05) -> Callable:
    """Between looking and writing there is always a moment; here it is long enough to see."""

    def slow(*args, **kwargs):
        answer = function(*args, **kwargs)
        time.sleep(seconds)
        return answer

    return slow


def trying(call: Callable) -> Callable:
    """What the database refuses, and the lock would have put in line, is an answer too."""

    def tried():
        try:
            return call()
        except Exception as error:
            return error

    return tried
