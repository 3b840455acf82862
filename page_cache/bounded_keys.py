"""A fixed number of keys in the cache for what anybody may ask for in any number, such as searches.

So whoever asks for a million different things overwrites what others kept, never more than that: the cache does not grow,
and what must stay in it (limits on attempts, the worker's tasks) is not pushed out. What lies under a key says what it is.
"""

import hashlib


def bounded_key(prefix: str, name: str, most: int) -> str:
    """The key for `name`, perhaps shared with other names: at most `most` different ones begin with `prefix`."""
    digest = hashlib.sha256(name.encode()).digest()
    return f"{prefix}:{int.from_bytes(digest[:8]) % most}"
