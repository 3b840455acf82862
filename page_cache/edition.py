import uuid

from django.core.cache import cache
from django.db import transaction

EDITION_KEY = "edition"


def new_edition() -> None:
    """After the commit, every kept page counts as old. Many calls in one transaction make one new edition."""
    waiting = transaction.get_connection().run_on_commit
    if not any(function is announce for _savepoints, function, _robust in waiting):
        transaction.on_commit(announce, robust=True)


def announce() -> None:
    cache.set(EDITION_KEY, uuid.uuid4().hex, timeout=None)


def current_edition() -> str | None:
    """The edition now; None when the cache does not answer. The first to ask an empty cache names it."""
    cache.add(EDITION_KEY, uuid.uuid4().hex, timeout=None)
    edition: str | None = cache.get(EDITION_KEY)
    return edition
