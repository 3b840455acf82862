"""One style sheet out of many files, without a build.

The parts lie in `static/css/`; pages ask for `css/station.css` only, so that one request holds up the first paint, and
the desk's for `css/desk.css`. These finders put them together whenever a part is newer than the whole, for the development
server as for `collectstatic`, which then hashes and compresses the result like any other file.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

type Messages = list[CheckMessage]

NAME = "css/station.css"
DESK_NAME = "css/desk.css"
# The order matters: tokens.css names the layers.
FIRST = ("tokens.css", "base.css", "layout.css")
LAST = ("utilities.css", "print.css")


def parts(folder: Path) -> list[Path]:
    """The files of the style sheet, in the order in which they stand in it."""
    middle = sorted((folder / "parts").glob("*.css"))
    return [*(folder / name for name in FIRST), *middle, *(folder / name for name in LAST)]


def joined(files: list[Path]) -> str:
    """The text of all parts, without comments, indents, empty lines and the space before a value."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"^\s*([\w-]+):\s+", r"\1:", text, flags=re.MULTILINE)
    text = re.sub(r"\s*\n\s*", "\n", text)
    text = re.sub(r" *([{};,]) *\n?", r"\1", text)
    return text.replace(";}", "}").strip() + "\n"


class MadeSheetFinder(BaseFinder):
    """Finds one style sheet that is made of files in `static/css/`. Which and how, its kinds say."""

    name: str

    def __init__(self, source: Path | None = None, target: Path | None = None) -> None:
        base = Path(settings.BASE_DIR)
        self.source = source or base / "static" / "css"
        self.storage = FileSystemStorage(location=target or base / "var" / "stylesheet")

    def files(self) -> list[Path]:
        raise NotImplementedError

    def folders(self) -> list[Path]:
        """Those from which a file may go: that changes the folder's time, not that of any file."""
        return []

    def text(self) -> str:
        raise NotImplementedError

    def check(self, **kwargs: object) -> Messages:
        return []

    def find(self, path: str, find_all: bool = False) -> str | list[str]:  # type: ignore[override]  # Django finds by `find_all`, typed as two
        if path.replace(os.sep, "/") != self.name:
            return []
        whole = str(self._fresh())
        return [whole] if find_all else whole

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, FileSystemStorage]]:
        self._fresh()
        yield self.name, self.storage

    def _fresh(self) -> Path:
        whole = Path(self.storage.path(self.name))
        newest = max(path.stat().st_mtime_ns for path in [*self.files(), *self.folders()])
        if not whole.exists() or whole.stat().st_mtime_ns < newest:
            whole.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and moved into place: another process never reads half a file.
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=whole.parent, suffix=".css", delete=False
            ) as half:
                half.write(self.text())
            os.chmod(half.name, 0o644)
            os.replace(half.name, whole)
        return whole


class StylesheetFinder(MadeSheetFinder):
    """Finds `css/station.css`, made from its parts."""

    name = NAME

    def files(self) -> list[Path]:
        return parts(self.source)

    def folders(self) -> list[Path]:
        return [self.source, self.source / "parts"]

    def text(self) -> str:
        return joined(self.files())


class DeskSheetFinder(MadeSheetFinder):
    """Finds `css/desk.css`, made from what lies in `desk/`: no part of it hangs on the order."""

    name = DESK_NAME

    def files(self) -> list[Path]:
        return sorted((self.source / "desk").glob("*.css"))

    def folders(self) -> list[Path]:
        return [self.source / "desk"]

    def text(self) -> str:
        return joined(self.files())
