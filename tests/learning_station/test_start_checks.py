"""A PostgreSQL or a Valkey that does not fit is said in a sentence before the station starts."""

import os

import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connection
from redis import Redis

from learning_station import start_checks
from learning_station.postgresql import base
from learning_station.postgresql.limits import database

pytestmark = pytest.mark.django_db


def warnings_shown() -> list[str]:
    return [check.id for check in run_checks(databases=["default"]) if check.id.startswith("station.")]


def test_what_make_run_and_the_tests_use_fits():
    assert warnings_shown() == []


def test_nothing_is_asked_of_a_database_that_is_not_meant():
    assert start_checks.fits_postgresql(databases=None) == []
    assert start_checks.keeps_what_must_stay(databases=[]) == []


# With or without the extension, which the first `migrate` has yet to bring: by what it does, and by what it would do.
PLACES = {
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'": "builtin and LC_CTYPE C.",
    "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'": "libc and LC_CTYPE C.",
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LC_COLLATE 'C' LC_CTYPE 'C'": "builtin and LC_CTYPE C.",
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'": "",
    "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'": "",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("made_with", PLACES)
def test_a_database_that_does_not_know_all_letters_is_told_of(made_with):
    name = "letters_of_" + connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' STRATEGY file_copy {made_with}"
        )
    database_without_letters = base.DatabaseWrapper({**connection.settings_dict, "NAME": name})
    try:
        for install in ("", "CREATE EXTENSION pg_trgm"):
            with database_without_letters.cursor() as cursor:
                cursor.execute(install or "SELECT 1")
            complaints = start_checks.unknown_letters(database_without_letters)
            assert [complaint.id for complaint in complaints] == (
                ["station.W002"] if PLACES[made_with] else []
            )
            for complaint in complaints:
                assert PLACES[made_with] in complaint.hint
                assert "شهرداری" in complaint.msg
    finally:
        database_without_letters.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def test_a_pool_that_refuses_our_settings_is_named(monkeypatch):
    def refuse(self):
        raise OperationalError("unsupported startup parameter: options")

    monkeypatch.setattr(base.DatabaseWrapper, "ensure_connection", refuse)
    assert [check.id for check in start_checks.fits_postgresql(databases=["default"])] == ["station.E001"]


def test_a_database_that_is_away_is_left_to_who_needs_it(monkeypatch):
    def refuse(self):
        raise OperationalError("connection refused")

    monkeypatch.setattr(base.DatabaseWrapper, "ensure_connection", refuse)
    assert start_checks.fits_postgresql(databases=["default"]) == []


def test_a_pool_that_nobody_spoke_of_is_told_of():
    wrapper = base.DatabaseWrapper(
        {**connection.settings_dict, **database(os.environ["DATABASE_URL"], kind="web", pooled=False)}
    )
    wrapper.ensure_connection()
    assert start_checks.undeclared_pool(wrapper) == []
    wrapper.connection.pooled = True
    assert [check.id for check in start_checks.undeclared_pool(wrapper)] == ["station.W001"]
    wrapper.said_to_be_pooled = True
    assert start_checks.undeclared_pool(wrapper) == []
    wrapper.close()


@pytest.mark.parametrize(
    ("maxmemory", "policy", "ending"),
    [
        ("100mb", "noeviction", None),
        ("0", "allkeys-lru", None),
        ("100mb", "volatile-lru", "may be forgotten then."),
        ("100mb", "volatile-ttl", "may be forgotten then."),
        ("100mb", "allkeys-lfu", "and the worker’s tasks."),
    ],
)
def test_a_valkey_that_would_drop_what_must_stay_is_told_of(settings, maxmemory, policy, ending):
    with Redis.from_url(settings.REDIS_URL) as client:
        before = client.config_get("maxmemory*")
        client.config_set("maxmemory", maxmemory)
        client.config_set("maxmemory-policy", policy)
        try:
            complaints = start_checks.keeps_what_must_stay(databases=["default"])
        finally:
            for name in ("maxmemory", "maxmemory-policy"):
                client.config_set(name, before[name])
    assert [complaint.id for complaint in complaints] == (["station.W003"] if ending else [])
    assert all(complaint.msg.endswith(ending) for complaint in complaints)


def test_a_valkey_that_is_away_says_nothing_here(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert start_checks.keeps_what_must_stay(databases=["default"]) == []
