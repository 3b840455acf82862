"""`make check`: everything that can be said about the project without running it as a whole.

All checks run, two at a time, and each that fails shows what it said.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from learning_station.addresses import CHECKOUT
from tools.local.throwaway import start_missing_servers

PYTHON = sys.executable
TOOLS = Path(PYTHON).parent

# What production must be told; the values stand for real ones.
PRODUCTION = {
    "STATION_MODE": "production",
    "SECRET_KEY": "for-the-deployment-check-only-" + "k3Yq9" * 12,
    "ENCRYPTION_KEYS": "for-the-deployment-check-only-" + "Zr4Tm" * 12,
    "SITE_URL": "https://station.example",
    "EMAIL_URL": "smtp+tls://user:word@mail.example:587",
    "DEMO": "0",
    "DEBUG": "0",
}


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str | Path, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    templates = sorted((CHECKOUT / "templates").rglob("*.html"))
    return [
        Check("types", (PYTHON, "-m", "mypy")),
        Check("format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        Check("lint", (PYTHON, "-m", "ruff", "check", ".")),
        Check("import direction", (TOOLS / "lint-imports", "--no-cache")),
        Check("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
        Check("style sheets", (TOOLS / "oxfmt", "--check", "static/css")),
        Check("templates", (TOOLS / "djangofmt", "--check", "--force-exclude", *templates)),
        Check(
            "deployment", (PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION
        ),
        Check("house rules", (PYTHON, "-m", "tools.house_rules")),
        Check("limits", (PYTHON, "-m", "tools.limits")),
        Check("translations", (PYTHON, "-m", "tools.translations", "check")),
    ]


def main() -> int:
    start_missing_servers()
    with ThreadPoolExecutor(max_workers=2) as pool:
        passed = list(pool.map(passes, checks()))
    if all(passed):
        print("All checks pass.")
        return 0
    return 1


def passes(check: Check) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=CHECKOUT,
        env={**os.environ, **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    took = f"{time.monotonic() - began:.1f} s"
    if done.returncode == 0:
        print(f"  {check.name}: good ({took})", flush=True)
        return True
    print(f"\n  {check.name}: NOT GOOD ({took})\n{done.stdout}", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main())
