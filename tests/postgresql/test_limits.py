"""Every kind of work has an end to its waiting: as the settings say, and as a real PostgreSQL keeps it."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction

from learning_station.addresses import CHECKOUT
from learning_station.postgresql import base
from learning_station.postgresql.limits import LIMITS, Limits, database
from learning_station.work import kind_of_command

URL = "postgresql://station:word@db.example:5432/station"


@pytest.mark.parametrize("kind", LIMITS)
def test_limits_of_each_kind_of_work_reach_postgresql(kind):
    options = database(URL, kind=kind, pooled=False)["OPTIONS"]
    limits = LIMITS[kind]
    assert options["connect_timeout"] == limits.connect >= 2
    assert (options["keepalives"], options["tcp_user_timeout"]) == (1, 10_000)
    assert options["options"].split(" -c ")[1:] == [
        f"statement_timeout={limits.statement * 1000:.0f}",
        f"lock_timeout={limits.lock * 1000:.0f}",
        f"idle_in_transaction_session_timeout={limits.idle_in_transaction * 1000:.0f}",
    ]


def test_who_looks_at_a_page_hears_within_five_seconds():
    web = LIMITS["web"]
    assert 0 < web.lock < web.statement < web.answer < 5
    assert web.idle_in_transaction > 0
    assert base.ANSWER_IF_STILL_THERE + web.connect < 5, "an old connection is tried, then a new one"


def test_nobody_waits_for_a_lock_without_end_and_a_migration_least_of_those_behind_the_pages():
    assert all(limits.lock > 0 and limits.connect > 0 for limits in LIMITS.values())
    assert LIMITS["migrations"].lock <= 10
    assert LIMITS["migrations"].statement == LIMITS["migrations"].answer == 0, "as long as it must"
    worker = LIMITS["worker"]
    assert 0 < worker.statement < worker.answer


def test_a_pool_is_not_sent_what_it_refuses():
    options = database(URL, kind="web", pooled=True)["OPTIONS"]
    assert "options" not in options
    assert "prepare_threshold" not in options, "Django's default: nothing is prepared"


def test_what_the_address_asks_for_is_stronger():
    url = f"{URL}?connect_timeout=9&options=-c%20lock_timeout%3D7&sslmode=require"
    options = database(url, kind="web", pooled=False)["OPTIONS"]
    assert (int(options["connect_timeout"]), options["sslmode"]) == (9, "require")
    assert options["options"].endswith("-c lock_timeout=7")


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (["manage.py", "migrate", "--no-input"], "migrations"),
        (["manage.py", "runserver"], "web"),
        (["manage.py", "facts"], "command"),
        (["manage.py"], "command"),
    ],
)
def test_the_kind_of_a_command(command, kind):
    assert kind_of_command(command) == kind


@pytest.mark.parametrize(
    ("door", "kind", "patience"),
    [("learning_station.wsgi", "web", 0.25), ("learning_station.celery", "worker", 2.0)],
)
def test_each_door_says_what_it_is_for(door, kind, patience):
    asked = (
        f"import {door}, learning_station.work as work; from django.conf import settings\n"
        "print(work.kind, *settings.CACHES['default']['OPTIONS'].values())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "learning_station.settings"}
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == f"{kind} {patience} {patience}\n"


# Real ones, made short


def connected(**limits: float) -> base.DatabaseWrapper:
    """A connection of its own, with these limits and no others."""
    none = Limits(connect=2, statement=0, lock=0, idle_in_transaction=0, answer=0)
    url = os.environ["DATABASE_URL"]
    configured = database(url, kind="web", pooled=False)
    chosen = replace(none, **limits)
    sent = " ".join(f"-c {name}={value}" for name, value in chosen.of_postgresql().items())
    given = {**configured["OPTIONS"], "options": sent}
    station = {**configured["STATION"], "limits": chosen}
    return base.DatabaseWrapper(
        {**connection.settings_dict, "OPTIONS": given, "STATION": station, "CONN_HEALTH_CHECKS": True}
    )


@pytest.fixture
def other(transactional_db):
    made = []

    def make(**limits: float) -> base.DatabaseWrapper:
        made.append(connected(**limits))
        return made[-1]

    yield make
    for one in made:
        one.close()
    base.HANGING.answered()


def pid_of(wrapper: base.DatabaseWrapper) -> int:
    wrapper.ensure_connection()
    return wrapper.connection.info.backend_pid


@contextmanager
def standing_still(pid: int):
    """A server process that hangs. Its connection stays open, and nobody says a word."""
    command = Path(f"/proc/{pid}/cmdline")
    if not (command.exists() and b"postgres" in command.read_bytes()):
        pytest.skip("PostgreSQL runs on another machine")
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_a_row_that_another_holds_is_waited_for_to_an_end(other):
    from accounts.models import User

    person = User.objects.create_user("amina@example.org", name="Amina Diallo")
    waiting = other(lock=0.1)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        with pytest.raises(OperationalError, match="lock timeout"), waiting.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET name = 'B' WHERE id = %s", [person.pk])


def test_a_statement_that_takes_too_long_is_ended_and_the_connection_goes_on(other):
    slow = other(statement=0.1, answer=30)
    with slow.cursor() as cursor:
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(30)")
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_server_process_that_hangs_is_given_up_and_nobody_else_waits_for_it(other):
    wrapper = other(answer=0.2)
    with standing_still(pid_of(wrapper)), wrapper.cursor() as cursor:
        with pytest.raises(OperationalError, match=r"no answer in 0\.2 s"):
            cursor.execute("SELECT 1")
        assert wrapper.connection.closed
    with pytest.raises(OperationalError, match="a moment ago"):
        other(answer=30).ensure_connection()
    base.HANGING._quiet_until = 0.0  # two seconds later
    other(answer=30).ensure_connection()
    assert not base.HANGING.is_quiet()


def test_in_a_transaction_what_was_begun_is_given_up_with_it(other):
    wrapper = other(answer=0.2)
    pid = pid_of(wrapper)
    wrapper.set_autocommit(False)
    with standing_still(pid), wrapper.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT 1")
    assert wrapper.connection.closed
    with pytest.raises(OperationalError):
        wrapper.rollback()


def test_a_connection_that_hangs_between_two_pages_is_left_for_a_new_one(other, monkeypatch):
    monkeypatch.setattr(base, "ANSWER_IF_STILL_THERE", 0.2)
    monkeypatch.setattr(base, "HANGING", base.Breaker(0))
    wrapper = other(answer=30)
    first = pid_of(wrapper)
    wrapper.health_check_done = False
    with standing_still(first), wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (first,)


def test_a_server_that_takes_connections_and_says_nothing_is_left_alone_for_a_while(other):
    wrapper = other()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        wrapper.settings_dict |= {"HOST": "127.0.0.1", "PORT": deaf.getsockname()[1]}
        with pytest.raises(OperationalError, match="timeout expired"):
            wrapper.ensure_connection()
        with pytest.raises(OperationalError, match="a moment ago"):
            wrapper.ensure_connection()


def test_a_worker_asks_again_at_once(other):
    wrapper = other()
    wrapper.breaks = False
    base.HANGING.no_answer()
    wrapper.ensure_connection()
    assert isinstance(wrapper.connection, psycopg.Connection)


def test_the_station_works_over_this_backend(db):
    assert isinstance(connections["default"], base.DatabaseWrapper)
    connection.ensure_connection()
    assert not connection.pooled
