"""What production is told, and its static files: hashed and compressed once for the files there are, not by every run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from learning_station.addresses import CHECKOUT
from tools.local import static_files, throwaway
from tools.local.folders import lock

PRODUCTION = {
    "STATION_MODE": "production",
    "SECRET_KEY": "k3Yq9-for-tests-" + "x7" * 30,
    "ENCRYPTION_KEYS": "m8Rt2-for-tests-" + "y3" * 30,
    "SITE_URL": "https://station.example",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "WEB_WORKERS": "2",
    "DEMO": "0",
    "DEBUG": "0",
}


def collected() -> Path:
    """A folder to read from, made where a file changed since the last run."""
    home = throwaway.HOME
    made = home / f"collected-{static_files.fingerprint()}"
    home.mkdir(parents=True, exist_ok=True)
    with lock(home / "collected.lock"):
        if not made.exists():
            for older in home.glob("collected-*"):
                shutil.rmtree(older, ignore_errors=True)
            unfinished = home / "collected.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
            told = {**os.environ, **PRODUCTION, "STATIC_ROOT": str(unfinished)}
            subprocess.run(collect, cwd=CHECKOUT, env=told, check=True)
            unfinished.rename(made)
    return made
