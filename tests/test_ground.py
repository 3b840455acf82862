import pytest
from django.db import connection


@pytest.mark.django_db
def test_extensions_are_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT unaccent('É'), similarity('water', 'wter') > 0.3")
        assert cursor.fetchone() == ("E", True)
