"""The key that signs badges on this machine: made at the first start, and kept, so that what it signed can still be
checked."""

import os
import subprocess
from collections.abc import Mapping

from learning_station.addresses import CHECKOUT, VAR
from tools.local.commands import MANAGE

PLACE = VAR / "badge-key"


def of_this_machine(environment: Mapping[str, str]) -> dict[str, str]:
    """For the environment of whoever signs. One that is given there counts."""
    if environment.get("BADGE_KEY"):
        return {}
    if not PLACE.exists():
        keep(made(environment))
    return {"BADGE_KEY": PLACE.read_text()}


def made(environment: Mapping[str, str]) -> str:
    printed = subprocess.run(
        [*MANAGE, "badge_key", "make"],
        env=dict(environment),
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    )
    return printed.stdout.strip().removeprefix("BADGE_KEY=")


def keep(key: str) -> None:
    """Whole or not at all, and for nobody else's eyes."""
    half = PLACE.with_suffix(".new")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
    half.replace(PLACE)
