"""`make bench`: the production server under load, in one run, against two references in the same process.

Ratios travel from machine to machine; the numbers themselves do not. The load generator and PostgreSQL run on the same
cores: other work on the machine makes everything slower, CPU time much less than the rest.
"""

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.local.commands import manage
from tools.local.messages import say
from tools.local.throwaway import start_missing_servers

from .server import Server, database_seconds, production_environment, production_server

CONNECTIONS = 16
SIZES = (200, 20_000)
LEGEND = """
  kept           the page lies whole in the cache, as for visitors who are not signed in
  made anew      the page is not kept; the filters' counts are, which all pages of one question share
  nothing kept   neither: what the first pays who asks after a change that the public sees, or after half a minute"""


@dataclass
class Row:
    """One line of the table. Milliseconds of CPU and of waiting are for one request."""

    name: str
    per_second: float
    p50: float
    p99: float
    web_ms: float
    database_ms: float
    queries: int
    bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="how long each page is asked for")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="how many sessions the station holds"
    )
    parser.add_argument("--only", choices=["desk", "questions"], help="measure this alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(production_environment(Path(folder) / "static"))
        start_missing_servers(durable=True)
        say("Preparing: static files, migrations, facts …")
        manage("collectstatic", "--noinput")
        manage("migrate")
        manage("facts")
        import django

        django.setup()
        from .desk import compare_desks

        if options.only == "desk":
            compare_desks()
            return
        from .questions import compare_questions

        if options.only == "questions":
            fill_to(min(options.sizes))
            compare_questions(options.seconds)
            return
        from .certificates import compare_batches_of_certificates
        from .downloads import compare_downloads
        from .imports import compare_imports
        from .platform_reports import compare_platform_reports

        compare_platform_reports()
        compare_batches_of_certificates()
        compare_imports()
        rows = {}
        there = 0
        for size in sorted(options.sizes):
            say(f"Filling the station to {size:,} sessions …")
            fill_to(size - there)
            there = size
            rows[size] = measure(size, options.seconds)
            if size == min(options.sizes):
                compare_downloads(options.seconds)
                compare_questions(options.seconds)
        compare(rows)
        say('\nThe desk at 200,000 registrations is measured by itself: make bench ARGS="--only desk"')


def fill_to(missing: int) -> None:
    from django.db import connection

    from demo.volume import make_volume

    make_volume(sessions=missing, registrations=missing)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # as PostgreSQL does by itself within minutes


def measure(size: int, seconds: float) -> dict[str, Row]:
    from catalog.models import Activity

    from .load import get
    from .registering import register_everybody
    from .switches import KEEP

    activity = Activity.objects.published().filter(sessions__isnull=False).order_by("pk").first()
    assert activity is not None
    questions = {
        "bare view": get("/bench/bare/"),
        "plain list of 30": get("/bench/plain-list/"),
        "catalog, kept": get("/activities/"),
        "catalog, made anew": get("/activities/", {KEEP: "counts"}),
        "catalog, nothing kept": get("/activities/", {KEEP: "nothing"}),
        "catalog, filtered, made anew": get("/activities/?format=webinar&language=en", {KEEP: "counts"}),
        "catalog, searched, made anew": get("/activities/?q=water", {KEEP: "counts"}),
        "activity, kept": get(activity.get_absolute_url()),
        "activity, made anew": get(activity.get_absolute_url(), {KEEP: "counts"}),
        "home, made anew": get("/", {KEEP: "counts"}),
    }
    with production_server() as server:
        heading(size)
        rows = {name: press_on(server, name, question, seconds) for name, question in questions.items()}
        outcome = register_everybody(server.port, clients=CONNECTIONS)
    alone, pressed = outcome.load, outcome.presses
    say(
        f"\n  200 people on one session of 100 places, {CONNECTIONS} at a time: "
        f"{alone.per_second:.0f} registrations a second\n"
        f"  (form, button and answer together p50 {alone.percentile(0.5):.0f} ms, p99 {alone.percentile(0.99):.0f} ms;"
        f" the button alone p50 {pressed.percentile(0.5):.0f} ms, p99 {pressed.percentile(0.99):.0f} ms).\n"
        f"  {outcome.confirmed} confirmed, {outcome.waiting} on the waiting list."
    )
    return rows


def press_on(server: Server, name: str, question: bytes, seconds: float) -> Row:
    from .load import Connection, press
    from .switches import COUNT_QUERIES

    press(server.port, question, connections=CONNECTIONS, seconds=min(1, seconds))  # warm up
    counted = Connection(server.port).ask(
        question.replace(b"\r\n\r\n", f"\r\n{COUNT_QUERIES}: 1\r\n\r\n".encode())
    )
    web, database = server.web_seconds(), database_seconds()
    load = press(server.port, question, connections=CONNECTIONS, seconds=seconds)
    asked = len(load.times)
    row = Row(
        name,
        load.per_second,
        load.percentile(0.5),
        load.percentile(0.99),
        (server.web_seconds() - web) * 1000 / asked,
        (database_seconds() - database) * 1000 / asked,
        int(counted.headers[COUNT_QUERIES.lower()]),
        len(counted.body),
    )
    say(
        f"  {row.name:30} {row.per_second:8,.0f} {row.p50:8.1f} {row.p99:8.1f} {row.web_ms:9.2f} {row.database_ms:9.2f}"
        f" {row.queries:8} {row.bytes:9,}"
    )
    return row


def heading(size: int) -> None:
    say(f"\n{size:,} sessions, {CONNECTIONS} connections, {os.cpu_count()} cores{LEGEND}\n")
    say(
        f"  {'':30} {'req/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'web CPU':>9} {'DB CPU':>9} {'queries':>8} {'bytes':>9}"
    )


def compare(rows: dict[int, dict[str, Row]]) -> None:
    smallest, largest = min(rows), max(rows)
    say("\nCompared, in the same run:")
    for size, of_size in rows.items():
        bare, plain = of_size["bare view"], of_size["plain list of 30"]
        share = of_size["catalog, kept"].per_second / bare.per_second
        say(f"  {size:>6,} sessions: the kept catalog answers {share:.2f} × as many as the bare view")
        for name in ("catalog, made anew", "catalog, nothing kept"):
            row = of_size[name]
            say(
                f"  {size:>6,} sessions: {name}, costs {cost(row) / cost(plain):.2f} × the plain list"
                f" ({row.web_ms / plain.web_ms:.2f} × in the web process)"
            )
    if smallest != largest:
        for name in (
            "catalog, kept",
            "catalog, made anew",
            "catalog, nothing kept",
            "catalog, searched, made anew",
            "activity, made anew",
        ):
            few, many = rows[smallest][name], rows[largest][name]
            say(f"  {name}: {largest:,} sessions cost {cost(many) / cost(few):.2f} × what {smallest:,} cost")


def cost(row: Row) -> float:
    return row.web_ms + row.database_ms


if __name__ == "__main__":
    main()
