"""The static files as production serves them: hashed, compressed, kept by browsers for good.

`collectstatic` takes some seconds, so it runs only when a file changed since it last ended well.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping

from learning_station.addresses import CHECKOUT, VAR
from tools.local import commands

COLLECTED = VAR / "collected"
DONE = VAR / "collected.fingerprint"
BEGUN = VAR / "collected.begun"

ENVIRONMENT = {"STATIC_COLLECTED": "1", "STATIC_ROOT": str(COLLECTED)}

# Beside the files themselves: packages bring some, settings and finders say how.
ALSO = (
    "requirements.lock",
    "learning_station/settings.py",
    "learning_station/stylesheet.py",
    "learning_station/desk_tokens.py",
)


def start_collecting(environment: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """Start it, to be waited for with `finish_collecting`; None when nothing changed."""
    current = fingerprint()
    if DONE.exists() and COLLECTED.is_dir() and DONE.read_text() == current:
        return None
    BEGUN.write_text(current)
    DONE.unlink(missing_ok=True)
    shutil.rmtree(COLLECTED, ignore_errors=True)
    return commands.start([*commands.MANAGE, "collectstatic", "--no-input", "--verbosity=0"], environment)


def finish_collecting(collecting: subprocess.Popen[bytes]) -> None:
    commands.finish(collecting)
    BEGUN.replace(DONE)


def fingerprint() -> str:
    """Changes when a file does: its name, size or moment."""
    files = sorted(path for path in (CHECKOUT / "static").rglob("*") if path.is_file())
    seen = hashlib.sha256()
    for path in (*files, *(CHECKOUT / name for name in ALSO)):
        status = path.stat()
        seen.update(os.fsencode(path) + f"{status.st_size} {status.st_mtime_ns}".encode())
    return seen.hexdigest()
