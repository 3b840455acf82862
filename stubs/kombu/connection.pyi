from types import TracebackType
from typing import Any, Self

class Connection:
    default_channel: Any  # of the transport that is set
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
