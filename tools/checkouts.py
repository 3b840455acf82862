"""Another commit beside this checkout, set up to run: to measure or to look at both."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from learning_station.addresses import CHECKOUT


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """The commit in a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="station-checkout-") as home:
        folder = Path(home) / "station"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", folder, commit], cwd=CHECKOUT, check=True
        )
        try:
            yield folder
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=CHECKOUT, check=True)


def set_up(folder: Path) -> None:
    """Its packages, as its own lock files say."""
    subprocess.run([folder / "bin" / "setup", "dev"], cwd=folder, check=True)


def python_of(folder: Path) -> Path:
    return folder / ".venv" / "bin" / "python"
