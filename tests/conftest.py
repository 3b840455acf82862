"""What holds for every test."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template import Template
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation
from whitenoise.middleware import WhiteNoiseMiddleware

from accounts.models import User
from page_cache.breaker import of_valkey
from tests import cast
from tests.kept import forget_pages
from tests.made_once import made_once
from tools.local.migrated import COPY
from tools.local.throwaway import TEMPLATE


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that start servers come first, then those with a browser, then the others, long before short: at the end no core
    waits for a long file that another has just begun. A file's tests keep their order."""
    files: dict[Any, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)

    def place(tests: list[pytest.Item]) -> tuple[bool, bool, int]:
        marked = {marker.name for item in tests for marker in item.iter_markers()}
        return "station" not in marked, "browser" not in marked, -len(tests)

    items[:] = [item for tests in sorted(files.values(), key=place) for item in tests]


@pytest.fixture(autouse=True)
def nothing_left_of_the_last_test() -> Iterator[None]:
    """Each test begins as a new process would: nothing kept, the first language, the station's own clock."""
    of_valkey.cache_clear()  # nobody has waited in vain yet
    forget_pages()
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_once() -> Iterator[None]:
    """Each test's client makes the middleware anew, and WhiteNoise would look at all files each time."""
    whole, known = WhiteNoiseMiddleware.add_files_from_finders, {}

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not known:
            whole(middleware)
            known.update(middleware.files)
        middleware.files.update(known)

    WhiteNoiseMiddleware.add_files_from_finders = once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = whole


# What `migrate` writes from the code alone.
OF_MIGRATE = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}
# Whose rows the database does not let go. What leads to them (badges) is emptied with them.
NEVER_DELETED = {"credentials_certificate"}


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_quickly() -> Iterator[None]:
    """After a test that commits. Django's way empties all tables, full or not, and has `migrate` write its part again."""
    whole = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = empty_tables
    yield
    TransactionTestCase._fixture_teardown = whole


def empty_tables(test: TransactionTestCase) -> None:
    names = [name for name in connection.introspection.table_names() if name not in OF_MIGRATE]
    asked = " UNION ALL ".join(f"(SELECT '{name}' FROM {quoted(name)} LIMIT 1)" for name in names)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)
        # Keys are looked at when the transaction ends, so the order is no matter.
        for (name,) in cursor.fetchall():
            if name in NEVER_DELETED:
                cursor.execute(f"TRUNCATE {quoted(name)} CASCADE")
            else:
                cursor.execute(f"DELETE FROM {quoted(name)}")


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """A test database is a copy of the migrated one, to which nothing has to be done. Where DATABASE_URL names a server
    there is none to copy: Django makes it."""
    template, made = os.environ.get(TEMPLATE), []
    with django_db_blocker.unblock():
        if template:
            use_a_copy_of(template)
        else:
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:  # a thread of a test may still hold a connection
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        teardown_databases(made, verbosity=0)


def use_a_copy_of(template: str) -> None:
    name = connection.creation._get_test_db_name()
    if name != COPY:  # which is there
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(template)} STRATEGY file_copy")
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@pytest.fixture(scope="session", autouse=True)
def fields_are_drawn_as_they_are_for_people(django_test_environment: None) -> None:
    """Django keeps a copy of what each template was given, for `response.context`. A form of the desk draws hundreds of
    small ones for its fields, whose context no test asks for: a fifth of the time."""
    noted = Template._render

    def of_pages_only(template: Template, context: Any) -> Any:
        if (template.name or "").startswith(("django/forms/", "admin/widgets/")):
            return template.nodelist.render(context)
        return noted(template, context)

    Template._render = of_pages_only


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and what a test makes is soon gone: looking for garbage again and again is a tenth of
    the time."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 1_000)


@pytest.fixture(scope="module")
def marta(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """Of the secretariat, once for all tests of a file."""
    with made_once(django_db_blocker):
        yield cast.secretary()
