"""A backup gives back all there was: tried on the tests' own database, restored into another server."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from accounts.models import User
from learning_station.addresses import CHECKOUT
from tests import cast
from tests.outbox.processes import database_url
from tools.backup_drill import contents, differences

pytestmark = [pytest.mark.station, pytest.mark.django_db(transaction=True)]


def test_what_is_dumped_comes_back_whole_in_a_fresh_server():
    cast.session()
    cast.people(3)
    done = subprocess.run(
        [sys.executable, "-m", "tools.backup_drill", "--no-start"],
        cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "The backup is good." in done.stdout


def test_what_differs_is_found():
    cast.people(2)
    connection.ensure_connection()
    before = contents(connection.connection)
    User.objects.order_by("pk").first().delete()
    User.objects.update(name="Another")
    assert before["accounts_user"][0] == 2
    reported = list(differences(before, contents(connection.connection)))
    assert "  accounts_user: 2 rows, restored 1" in reported
    before = contents(connection.connection)
    User.objects.update(name="A third")
    assert list(differences(before, contents(connection.connection))) == [
        "  accounts_user holds something else"
    ]
    assert list(differences({"a": (1, 1)}, {"b": (1, 1)})) == ["  a is missing", "  b was not there"]


def test_a_database_that_is_not_there_is_said():
    done = subprocess.run(
        [sys.executable, "-m", "tools.backup_drill"],
        cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "The database that DATABASE_URL names cannot be read" in done.stderr
