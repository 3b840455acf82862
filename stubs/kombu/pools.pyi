from collections.abc import Mapping
from contextlib import AbstractContextManager

from .connection import Connection

class Producers:
    def acquire(self, *, block: bool, timeout: float | None = None) -> AbstractContextManager[object]: ...

producers: Mapping[Connection, Producers]
