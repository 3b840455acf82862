"""Forget the local station's database and files under var/: `make clear`. Servers named by DATABASE_URL are not touched."""

import shutil
import sys

from learning_station.addresses import VAR
from tools.local import messages
from tools.local.folders import try_to_lock
from tools.local.postgres import DATA_FOLDER
from tools.local.station import LOCK


def main() -> int:
    lock = try_to_lock(LOCK)
    if lock is None:
        messages.complain("The station of this folder is running. Stop it with Ctrl-C first.")
        return 1
    for name in (DATA_FOLDER, "media", "letters"):
        shutil.rmtree(VAR / name, ignore_errors=True)
    messages.say("The local station is empty; `make run` starts it afresh.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
