"""An error reaches somebody: by letter, past the outbox, never as a storm, and without what people typed."""

import logging
import os
import subprocess
import sys
import threading

import pytest
from django.core import mail
from django.db import IntegrityError, OperationalError
from django.test import RequestFactory
from django.urls import resolve

from learning_station.addresses import CHECKOUT
from learning_station.celery import tell_of_errors_too
from learning_station.failures.collector import without_addresses
from learning_station.failures.letters import ErrorLetters, Ledger, name_of


@pytest.fixture
def log():
    handler = ErrorLetters(["desk@example.org", "night@example.org"])
    logger = logging.Logger("a room")
    logger.addHandler(handler)
    return logger


def settle() -> None:
    for thread in threading.enumerate():
        if thread.name == "error letter":
            thread.join(10)


def fail(error: Exception, log: logging.Logger, **extra) -> None:
    try:
        raise error
    except type(error):
        log.exception("It failed with %s", "Amina’s data", extra=extra)


def test_an_error_is_told_by_letter_with_the_way_through_the_code_and_nothing_of_people(log):
    request = RequestFactory().get("/me/calendar/top-secret.ics", {"q": "private"})
    request.resolver_match = resolve("/registrations/R-SECRET/")
    detail = "duplicate key\nDETAIL: Key (email)=(amina@example.org) already exists."
    fail(IntegrityError(detail), log, request=request)
    settle()
    (letter,) = mail.outbox
    assert letter.to == ["desk@example.org", "night@example.org"]
    assert letter.subject.startswith(
        "[Learning Station] IntegrityError in tests/failures/test_telling.py, line "
    )
    assert "raise error" in letter.body
    assert "IntegrityError: duplicate key" in letter.body
    assert "On the pages: registrations/<" in letter.body
    for secret in ("SECRET", "secret", "private", "amina@", "Amina"):
        assert secret not in letter.body + letter.subject


def test_the_same_error_is_told_once_an_hour_with_how_often_it_came():
    ledger = Ledger(seconds=3600, most=10)
    assert [ledger.note("a", now) for now in (0, 1, 3599)] == [1, None, None]
    assert ledger.note("a", 3600) == 3
    assert ledger.note("b", 3601) == 1


def test_all_errors_together_make_no_storm():
    ledger = Ledger(seconds=3600, most=3)
    told = [ledger.note(f"error {number}", number) for number in range(50)]
    assert told == [1, 1, 1] + [None] * 47
    assert ledger.note("error 40", 4000) == 2


def test_a_database_that_is_away_is_one_error_wherever_it_is_met(log):
    fail(OperationalError("refused"), log)
    fail(OperationalError("no answer"), log)
    settle()
    assert [letter.subject for letter in mail.outbox] == [
        "[Learning Station] The database is away, overloaded or locked"
    ]


def test_two_places_are_two_errors():
    def record(error):
        return logging.LogRecord(
            "x", logging.ERROR, "f", 1, "m", (), (type(error), error, error.__traceback__)
        )

    def one():
        raise ValueError("here")

    def two():
        raise ValueError("here")

    names = set()
    for place in (one, two, one):
        try:
            place()
        except ValueError as error:
            names.add(name_of(record(error)))
    assert len(names) == 2


def test_warnings_and_knocks_at_wrong_doors_are_not_told(log):
    log.warning("The cache does not answer")
    log.name = "django.security.DisallowedHost"
    log.error("Invalid HTTP_HOST header")
    settle()
    assert mail.outbox == []


def test_a_mail_server_that_is_away_makes_no_error_of_its_own(log, settings, caplog):
    settings.MAILERS = {"default": {"BACKEND": "nowhere.Backend", "OPTIONS": {}}}
    fail(ValueError("x"), log)
    settle()
    assert "The letter about an error did not go out" in caplog.text


def test_the_worker_tells_of_errors_too(settings):
    settings.ERRORS_TO = ["desk@example.org"]
    logger = logging.Logger("root of the worker")
    tell_of_errors_too(logger)
    assert [handler.to for handler in logger.handlers] == [["desk@example.org"]]


def test_a_collector_gets_neither_addresses_nor_forms():
    request = {
        "url": "https://x/me/calendar/secret",
        "query_string": "q=1",
        "data": {"a": 1},
        "method": "GET",
    }
    event = without_addresses({"request": request, "transaction": "/me/calendar/{secret}"}, {})
    assert event == {"request": {"method": "GET"}, "transaction": "/me/calendar/{secret}"}


def test_the_settings_say_who_is_told():
    """In a process of its own: a collector, once started, listens to everything."""
    asked = (
        "from learning_station import settings; import sentry_sdk\n"
        "print(settings.LOGGING['root']['handlers'], settings.LOGGING['handlers']['letters']['to'])\n"
        "print(sentry_sdk.is_initialized())"
    )
    told = {"ERRORS_TO": "a@x.example,b@x.example", "SENTRY_DSN": "https://key@collector.invalid/1"}
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=CHECKOUT,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['console', 'letters'] ['a@x.example', 'b@x.example']\nTrue\n"
