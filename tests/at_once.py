"""Two at once: real threads, each with its own connection to PostgreSQL."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

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
