"""Where Chromium is, and how it is started: for the browser tests, the weighing of pages and their pictures."""

import os
import shutil
from pathlib import Path

from learning_station.local.addresses import VAR

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


class NoBrowser(Exception):
    """There is no Chromium on this machine."""


def chromium() -> str:
    """The path of the browser: $CHROMIUM, the system's, or the packaged one. Raises NoBrowser."""
    candidates = (os.environ.get("CHROMIUM"), shutil.which("chromium"), shutil.which("chromium-browser"))
    for candidate in (*candidates, str(PACKAGED)):
        if candidate and Path(candidate).exists():
            return candidate
    raise NoBrowser("There is no Chromium here: bin/setup-browser brings one, or set CHROMIUM to its path.")
