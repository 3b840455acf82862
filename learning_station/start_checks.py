"""Does the station fit the PostgreSQL, the Valkey and the storage that it was given? Asked by `migrate`, before each start
of a new version, and by `manage.py check --database default`.

What does not fit and would only be noticed much later, or never, is said here in a sentence.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from redis import Redis
from redis.exceptions import RedisError

from files.errors import StorageIsAway
from files.store import private_storage

# Arabic, Persian, Korean, Cyrillic and Latin with accents, each with how many groups of three PostgreSQL must find in it.
WORDS = {"مدينة": 6, "شهرداری": 8, "도시": 3, "город": 6, "école": 6}
GROUPS = "SELECT word, cardinality(show_trgm(word)) FROM unnest(%s::text[]) word"
LOCALE = "SELECT datlocprovider, datctype FROM pg_database WHERE datname = current_database()"
PROVIDERS = {"b": "builtin", "c": "libc", "i": "icu"}


@register(Tags.database)
def fits_postgresql(*, databases: Sequence[str] | None, **about: object) -> list[CheckMessage]:
    if "default" not in (databases or []):
        return []
    connection = connections["default"]
    try:
        connection.ensure_connection()
    except OperationalError as error:
        # Without a connection there is nothing to say here, but for one reason that its own words do not explain.
        return [refused_by_a_pool()] if "startup parameter" in str(error) else []
    return [*undeclared_pool(connection), *unknown_letters(connection)]


def refused_by_a_pool() -> CheckMessage:
    return Error(
        "DATABASE_URL leads to a pool of connections that refuses our settings.",
        hint="Set DATABASE_POOLED=1: the station then asks nothing that lasts longer than a transaction.",
        id="station.E001",
    )


def undeclared_pool(connection: Any) -> list[CheckMessage]:
    if not connection.pooled or connection.said_to_be_pooled:
        return []
    return [
        Warning(
            "DATABASE_URL leads through a pool of connections, and DATABASE_POOLED does not say so.",
            hint="The station noticed and prepares no statements there. Set DATABASE_POOLED=1, so that it need not notice.",
            id="station.W001",
        )
    ]


def unknown_letters(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """PostgreSQL's likeness (pg_trgm) takes for a letter what LC_CTYPE takes for one, whatever the locale's provider is."""
    with connection.cursor() as cursor:
        cursor.execute(LOCALE)
        provider, ctype = cursor.fetchone() or ("", "")
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            cursor.execute(GROUPS, [list(WORDS)])
            broken = [word for word, count in cursor.fetchall() if count != WORDS[word]]
        else:  # the migrations are about to bring it
            broken = list(WORDS) if ctype in ("C", "POSIX") else []
    if not broken:
        return []
    return [
        Warning(
            f"This database does not know all letters: search and spelling by likeness find nothing in {', '.join(broken)}.",
            hint=(
                f"It was made with the provider {PROVIDERS.get(provider, provider)} and LC_CTYPE {ctype}. Make a new one and"
                " bring the data over: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin"
                " BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' (docs/operator.md, “Backups”)."
            ),
            id="station.W002",
        )
    ]


@register(Tags.database)
def keeps_what_must_stay(*, databases: Sequence[str] | None, **about: object) -> list[CheckMessage]:
    """A Valkey that makes room by itself would drop limits on attempts, or the worker's tasks, for the sake of pages."""
    if "default" not in (databases or []):
        return []
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            memory = client.info("memory")
    except (RedisError, OSError):
        return []
    policy = memory.get("maxmemory_policy", "noeviction")
    if policy == "noeviction" or not memory.get("maxmemory"):
        return []
    return [
        Warning(
            f"Valkey makes room with {policy} when its memory is full: limits on sign-in attempts may be forgotten then"
            + (", and the worker’s tasks." if policy.startswith("allkeys") else "."),
            hint="Set maxmemory-policy to noeviction. Kept pages have a fixed number of places; they do not fill it.",
            id="station.W003",
        )
    ]


@register(Tags.database)
def reaches_its_files(*, databases: Sequence[str] | None, **about: object) -> list[CheckMessage]:
    """A key that was revoked, or a bucket that is not there, would be noticed with the first document."""
    if "default" not in (databases or []):
        return []
    try:
        private_storage().exists("never-there")
    except StorageIsAway as error:
        return [
            Warning(
                f"Documents can neither be kept nor given out: {error}",
                hint="FILES_URL names the host, the bucket and the key (docs/operator.md, “Documents”).",
                id="station.W004",
            )
        ]
    return []
