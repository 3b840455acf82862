"""A table of time zones that counted before: a folder as Python, Linux and the package tzdata have it."""

from pathlib import Path
from zoneinfo import ZoneInfo


class NoTable(Exception):
    """The folder is no table of time zones, or lacks a zone."""


class OlderTable:
    def __init__(self, folder: Path) -> None:
        """Raises NoTable when the folder does not say which table it is."""
        self.folder = folder
        self.version = version_in(folder)
        self._zones: dict[str, ZoneInfo] = {}

    def zone(self, name: str) -> ZoneInfo:
        """The zone as it was then. Raises NoTable when there was none of this name."""
        if name not in self._zones:
            try:
                with self.folder.joinpath(*name.split("/")).open("rb") as file:
                    self._zones[name] = ZoneInfo.from_file(file, key=name)
            except (OSError, ValueError) as error:
                raise NoTable(f"{self.folder} has no zone {name}.") from error
        return self._zones[name]


def version_in(folder: Path) -> str:
    """“2025b”: the first line of tzdata.zi says so, as the tz project writes it; on macOS a file of its own."""
    try:
        with (folder / "tzdata.zi").open(encoding="utf-8") as file:
            mark, _space, version = file.readline().strip().rpartition(" ")
        if mark == "# version" and version:
            return version
    except OSError:
        pass
    try:
        return (folder / "+VERSION").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise NoTable(
            f"{folder} holds no table of time zones: neither tzdata.zi nor +VERSION is there."
        ) from error
