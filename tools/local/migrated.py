"""A cluster whose databases have every migration behind them: for tests, and to be copied for more tests.

Migrating takes longer than most tests together; it is done once for the migrations, roles and packages there are.
"""

import hashlib
import os
import shutil
from pathlib import Path

from learning_station.addresses import CHECKOUT, DATABASE_NAME, postgres_url, run_folder
from tools.local import commands, postgres
from tools.local.folders import lock, make_private

# Nobody connects to it, so that it can be copied at any time.
DATABASE = "migrated"
# Copies that a run finds made: what DATABASE_URL names, and what Django calls the tests' own (without `-n`).
COPIES = (DATABASE_NAME, f"test_{DATABASE_NAME}")


def fingerprint(root: Path = CHECKOUT) -> str:
    """Of everything that decides what `migrate` does on an empty database: the migrations, the roles that it makes, and the
    pinned packages, PostgreSQL among them; and of this file, which makes the copies."""
    files = [
        root / "requirements.lock",
        root / "tools" / "local" / "migrated.py",
        root / "accounts" / "roles.py",
        *sorted(root.glob("*/migrations/*.py")),
    ]
    parts = [b"%s\0%s" % (os.fsencode(path.relative_to(root)), path.read_bytes()) for path in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def cluster(home: Path, plain: Path, redis_url: str) -> Path:
    """The folder of that cluster, in `home`; made from the empty one in `plain` where it is missing.

    Two at once wait for each other. Raises CannotStart with what `migrate` said when it fails.
    """
    made = home / f"migrated-{postgres.DATA_FOLDER}-{fingerprint()}"
    with lock(home / "migrated.lock"):
        if not made.exists():
            for older in home.glob("migrated-*-*"):
                shutil.rmtree(older, ignore_errors=True)
            unfinished = home / "migrated.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(plain, unfinished)
            migrate(unfinished, redis_url)
            unfinished.rename(made)
    return made


def migrate(data: Path, redis_url: str) -> None:
    run = make_private(run_folder(data.with_name("migrating")))
    try:
        with (data.parent / "migrating.log").open("wb") as log:
            server = postgres.start(data, run, log=log, settings=postgres.CARELESS)
            try:
                postgres.create_database(run, DATABASE)
                commands.run_to_its_end(
                    [*commands.MANAGE, "migrate", "--no-input", "--verbosity=0"],
                    os.environ | {"DATABASE_URL": postgres_url(run, DATABASE), "REDIS_URL": redis_url},
                )
                for copy in COPIES:
                    postgres.create_database(run, copy, template=DATABASE)
            finally:
                postgres.stop(server)
    finally:
        shutil.rmtree(run, ignore_errors=True)
