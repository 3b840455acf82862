"""The station behind a pool that gives out connections by the transaction: each of a client's transactions may run in
another of PostgreSQL's processes, which another client used a moment ago.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalog.actions import refresh_many
from catalog.models import Activity
from desk.export import AT_A_TIME
from learning_station import start_checks
from learning_station.postgresql.base import DatabaseWrapper
from learning_station.postgresql.limits import LIMITS, database
from registrations import actions
from registrations.errors import Refused
from registrations.reminders import due_now
from tests import cast
from tests.servers.pgbouncer import pool
from tests.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]

THREADS = 12
# A crowd on a busy machine waits long for one of three connections, and no test is about how long.
PATIENT = {"statement": 120, "lock": 120, "answer": 120}
# Many pools are told to leave aside what they do not know. Then nothing says that there is one.
SILENT = "ignore_startup_parameters = options,extra_float_digits"


@pytest.fixture(params=["said", "silent"])
def pooled(request, transactional_db) -> Iterator[Callable[..., DatabaseWrapper]]:
    """Makes connections through a pool: as DATABASE_POOLED=1 has them, and where nobody said that there is one."""
    said = request.param == "said"
    with pool(more="" if said else SILENT) as address:
        yield lambda **limits: through(address, said=said, **limits)


def through(address: str, *, said: bool, **limits: float) -> DatabaseWrapper:
    configured = database(address, kind="web", pooled=said)
    configured["STATION"]["limits"] = replace(LIMITS["web"], **limits)
    return DatabaseWrapper({**connection.settings_dict, **configured})


def in_threads(make: Callable[..., DatabaseWrapper], calls: list[Callable]) -> list:
    """What the calls answer, each on a connection of its own, in the place of the usual one."""

    def one(call: Callable):
        connections["default"] = make(**PATIENT)
        try:
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connections["default"].close()
            del connections["default"]

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(one, calls))


def test_the_catalog_is_right_whoever_asks_at_the_same_time(pooled):
    for number in range(12):
        cast.session(cast.activity(f"Course number {number}", topics=[cast.topic(f"Topic {number % 3}")]))
    refresh_many(list(Activity.objects.values_list("pk", flat=True)))
    asked = [
        *("/activities/", "/fr/activities/", "/", "/activities/?page=2", "/activities/?when=past"),
        *("/activities/?topic=topic-1", "/activities/?q=number+7", "/activities/?q=numbr"),
        *("/activities/feed.atom", "/activities/feed.ics", "/members/", "/sitemap.xml"),
    ]

    def page(address: str) -> Callable:
        def call() -> tuple[int, bytes]:
            cache.clear()
            visitor = Client(raise_request_exception=False)
            visitor.cookies["zone"] = "Africa/Dakar"  # nothing is kept for who has a clock of their own
            response = visitor.get(address)
            return response.status_code, b"".join(response) if response.streaming else response.content

        return call

    directly = [page(address)()[0] for address in asked]
    assert directly == [200] * len(asked)
    found = in_threads(pooled, [page(address) for address in asked * 8])
    assert [status for status, _body in found] == directly * 8
    for number, address in enumerate(asked[5:8], start=5):
        lengths = {len(body) for _status, body in found[number :: len(asked)]}
        assert len(lengths) == 1, f"{address} is the same for everybody"


def test_the_last_places_go_to_as_many_as_there_are(pooled):
    session = cast.session(places=5)
    crowd = cast.people(24)
    calls = [lambda who=who: actions.register(session=session, person=who, by=who) for who in crowd]
    in_threads(pooled, calls)
    assert session.registrations.confirmed().count() == 5
    assert session.registrations.waiting().count() == 19


def test_limits_hold_in_a_transaction_and_are_left_to_nobody(transactional_db):
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

    def shown(wrapper: DatabaseWrapper) -> list[str]:
        with wrapper.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in names)}")
            return list(cursor.fetchone())

    with pool(size=1) as address:  # so all meet in one process of PostgreSQL
        before, after = through(address, said=True), through(address, said=True)
        usual = shown(before)
        before.set_autocommit(False)
        assert shown(before) == ["4s", "3s", "1min"]
        before.rollback()
        before.set_autocommit(True)
        assert shown(after) == usual
        before.close()
        after.close()


def test_a_row_that_another_holds_is_waited_for_to_an_end(pooled):
    person = cast.person()
    wrapper = pooled(lock=0.2, statement=30, answer=30)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        wrapper.set_autocommit(False)
        with wrapper.cursor() as cursor, pytest.raises(OperationalError, match="lock timeout"):
            cursor.execute("UPDATE accounts_user SET name = 'B' WHERE id = %s", [person.pk])
        wrapper.close()


def test_a_statement_outside_of_any_transaction_is_given_up_and_ended(pooled):
    """No limit of PostgreSQL's own reaches it there: we hang up, and have it cancelled."""
    wrapper = pooled(answer=0.3)
    with wrapper.cursor() as cursor, pytest.raises(OperationalError, match="no answer"):
        cursor.execute("SELECT pg_sleep(300)")

    def ended() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(300)' AND state = 'active'"
            )
            return cursor.fetchone() == (0,)

    assert until(ended)


def test_long_lists_are_read_to_their_end(pooled):
    """A cursor kept open in PostgreSQL would be looked for in another process."""
    many = AT_A_TIME * 2 + 1
    cast.people(many)

    def read() -> int:
        return sum(1 for _one in User.objects.iterator(chunk_size=AT_A_TIME))

    def read_in_a_transaction() -> int:
        with transaction.atomic():
            return read()

    assert in_threads(pooled, [read, read_in_a_transaction] * THREADS) == [many] * 2 * THREADS


def test_the_workers_rounds_run(pooled):
    cast.session()
    assert in_threads(pooled, [lambda: due_now(timezone.now())] * 4) == [[]] * 4


def test_a_pool_is_noticed_and_what_follows_is_said(pooled, monkeypatch):
    wrapper = pooled()
    wrapper.ensure_connection()
    assert wrapper.pooled
    found = start_checks.undeclared_pool(wrapper)
    assert [one.id for one in found] == ([] if wrapper.said_to_be_pooled else ["station.W001"])
    wrapper.close()


def test_a_pool_that_refuses_us_is_named(transactional_db, monkeypatch):
    with pool() as address:
        wrapper = through(address, said=False)
        monkeypatch.setattr(start_checks, "connections", {"default": wrapper})
        assert [one.id for one in start_checks.fits_postgresql(databases=["default"])] == ["station.E001"]
