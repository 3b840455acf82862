"""The line of names of an agreement became its supporters."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from supporters.models import Supporter
from tests import cast
from tests.hubs import agreements

pytestmark = pytest.mark.django_db


def test_each_name_is_a_supporter_of_its_agreement_in_the_same_order() -> None:
    first, second = (
        agreements.signed(cast.host("chengdu")),
        agreements.signed(cast.host("cairo"), kind="terms_of_reference"),
    )
    migration = import_module("supporters.migrations.0002_names_of_agreements")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with keys to look at is not altered
        cursor.execute(
            "ALTER TABLE hubs_agreement ADD COLUMN supporters varchar(200)[] NOT NULL DEFAULT '{}'"
        )
        cursor.execute(
            "UPDATE hubs_agreement SET supporters = '{Fund,\"The Bank, Ltd\"}' WHERE id = %s", [first.pk]
        )
    with connection.schema_editor() as editor:
        migration.move(apps, editor)
    assert [(one.name, one.agreement, one.from_day, one.until_day) for one in Supporter.objects.all()] == [
        ("Fund", first, first.starts_on, None),
        ("The Bank, Ltd", first, first.starts_on, None),
    ]
    assert not second.supporters.exists()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE hubs_agreement SET supporters = '{}'")
    with connection.schema_editor() as editor:
        migration.back(apps, editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT supporters FROM hubs_agreement WHERE id = %s", [first.pk])
        assert cursor.fetchone() == (["Fund", "The Bank, Ltd"],)
    assert not Supporter.objects.exists()
