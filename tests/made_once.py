"""What many tests of a file look at, made once for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def made_once(blocker: Any) -> Iterator[None]:
    """For a fixture of a module: what is made inside is there for its tests, and taken back after the last of them.

    Each test takes back what it does itself, as always; what it holds in memory it should have as a copy. Not for modules
    with tests that commit. `blocker` is the fixture `django_db_blocker`; the fixture asks for `django_db_setup` too.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
