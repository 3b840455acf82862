"""A fixed number of places in the cache for what anybody may ask for in any number, such as searches.

So whoever asks for a million different things overwrites what others kept, never more than that: the cache does not grow,
and what must stay in it (limits on attempts, the worker's tasks) is not pushed out. What lies in a place says what it is.
"""

import hashlib


def place(shelf: str, name: str, places: int) -> str:
    """The key of the place that `name` has on the shelf, perhaps with others: at most `places` different ones."""
    digest = hashlib.sha256(name.encode()).digest()
    return f"{shelf}:{int.from_bytes(digest[:8]) % places}"
