"""Several certificates in one archive, each file as it would be given out alone: who joins PDFs loses tags and claims."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

type Making = tuple[str, Callable[[], bytes]]


def file_name(name: str, code: str) -> str:
    """“Amina Diallo 7KQ4M2XW.pdf”: the code makes it the only one."""
    shown = "".join(" " if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in name)
    return f"{' '.join(shown.split())[:80].strip('. ')} {code}.pdf".strip()


def zipped(files: Iterable[Making], *, now: datetime) -> Iterator[bytes]:
    """The archive piece by piece: each document is made when its turn comes, and forgotten when it is written."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, make in files:
            entry = zipfile.ZipInfo(name, date_time=now.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, make())  # not pressed: what is in a PDF is already
            yield pipe.taken()
    yield pipe.taken()


class Pipe(io.RawIOBase):
    """What was written since it was taken last. It goes one way, so that an archive is written without going back."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed has a buffer of any kind
        self.written += piece
        return len(piece)

    def taken(self) -> bytes:
        piece = bytes(self.written)
        self.written.clear()
        return piece
