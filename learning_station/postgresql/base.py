"""Django's backend, which finds it by the name of this file."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from psycopg.abc import PQGen
from psycopg.errors import ConnectionTimeout, _WaitTimeout

from page_cache.breaker import Breaker

from .limits import ANSWER_IF_STILL_THERE, Limits, Station

# For the whole process: while PostgreSQL hangs, each thread that waited would wait again with the next page.
HANGING = Breaker(quiet_seconds=2)


class PatientConnection(psycopg.Connection[Any]):
    """Hangs up when no answer came for `patience` seconds. A server that stopped, or a machine that is gone, says nothing:
    PostgreSQL's own limits end nothing then."""

    patience: float | None = None
    pooled = False

    def wait[R](self, gen: PQGen[R], interval: float = 0.1, timeout: float | None = None) -> R:
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except _WaitTimeout:
            if self.pooled:  # there is perhaps a statement that goes on, since no limit of its own ended it
                self._try_cancel(timeout=0.5)
            else:
                HANGING.no_answer()
            self.pgconn.finish()
            raise psycopg.OperationalError(f"PostgreSQL gave no answer in {self.patience} s") from None


class DatabaseWrapper(base.DatabaseWrapper):
    connection: PatientConnection | None

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        ours: Station = settings_dict["STATION"]
        self.limits, self.said_to_be_pooled, self.breaks = ours["limits"], ours["pooled"], ours["breaks"]

    @property
    def pooled(self) -> bool:
        """Whether the next transaction may run over another of PostgreSQL's connections: nothing set or prepared lasts.

        Known once there is a connection, also where DATABASE_POOLED does not say so.
        """
        return self.connection is not None and self.connection.pooled

    def get_new_connection(self, conn_params: dict[str, Any]) -> PatientConnection:
        if self.breaks and HANGING.is_open():
            raise psycopg.OperationalError("PostgreSQL gave no answer a moment ago")
        self.isolation_level = IsolationLevel.READ_COMMITTED
        try:
            connection = PatientConnection.connect(**conn_params, autocommit=True)
        except ConnectionTimeout:
            HANGING.no_answer()
            raise
        connection.patience = self.limits.answer or None
        connection.pooled = self.said_to_be_pooled or leads_through_a_pool(connection)
        if connection.pooled:
            connection.prepare_threshold = None  # never
        HANGING.answered()
        return connection

    def is_usable(self) -> bool:
        """Asked of a connection that lay unused."""
        if self.connection is None or (self.breaks and HANGING.is_quiet()):
            return False
        patience = self.connection.patience
        self.connection.patience = ANSWER_IF_STILL_THERE
        usable = super().is_usable()
        self.connection.patience = patience
        if usable:
            HANGING.answered()
        return usable

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # Django has it, its types do not
        if not autocommit and self.pooled:
            assert self.connection is not None
            try:
                with self.wrap_database_errors:
                    self.connection.execute(limits_of_a_transaction(self.limits))
            except Exception:
                self.close()  # Django believes that no transaction began
                raise

    def chunked_cursor(self) -> Any:
        """A cursor in PostgreSQL lives in one connection there: behind a pool, only in a transaction."""
        self.ensure_connection()
        if self.pooled and not self.in_atomic_block:
            return self.cursor()
        return super().chunked_cursor()


def leads_through_a_pool(connection: PatientConnection) -> bool:
    """A pool gives a number of its own for the server's process, since it is not one process for long."""
    (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (None,)
    return bool(pid != connection.info.backend_pid)


def limits_of_a_transaction(limits: Limits) -> str:
    calls = (f"set_config('{name}', '{value}', true)" for name, value in limits.of_postgresql().items())
    return f"SELECT {', '.join(calls)}"
