"""Where Chromium is, and how it is started: for the browser tests, the weighing of pages and their pictures."""

import os
import shutil
from pathlib import Path

from learning_station.addresses import VAR

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Where bin/setup-browser leaves the browser that npm's package carries.
PACKAGED = VAR / "chromium" / "chromium"


# One without a window costs half of one that draws one nobody sees.
HEADLESS = ("chromium-headless-shell",)
WITH_A_WINDOW = ("chromium", "chromium-browser")


class NoBrowser(Exception):
    """There is no Chromium on this machine."""


def chromium() -> str:
    """The path of the browser: $CHROMIUM, one without a window, or the system's. Raises NoBrowser."""
    asked_for = os.environ.get("CHROMIUM")
    for candidate in (
        asked_for,
        *map(shutil.which, HEADLESS),
        str(PACKAGED),
        *map(shutil.which, WITH_A_WINDOW),
    ):
        if candidate and Path(candidate).exists():
            return candidate
    raise NoBrowser("There is no Chromium here: bin/setup-browser brings one, or set CHROMIUM to its path.")
