"""The bar of dates above a list leads to years, months and days, and reads no rows for it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outbox.models import Letter
from tests import cast

pytestmark = pytest.mark.django_db
LETTERS = "/admin/outbox/letter/"


def letter(at: datetime) -> None:
    name = f"letter of {at}"
    Letter.objects.create(
        key=name, message_id=name, kind="registered", to="a@example.org", language="en", written_at=at
    )


def bar(asked: str = "", client: Client | None = None):
    client = client or Client()
    client.force_login(cast.secretary())
    answer = client.get(f"{LETTERS}{asked}")
    assert answer.status_code == 200
    return answer.context["cl"].date_bar()


def titles(asked: str = "") -> list[str]:
    return [choice.title for choice in bar(asked).choices]


def test_it_leads_from_years_to_months_to_days_between_the_first_and_the_last():
    letter(datetime(2024, 11, 28, 12, tzinfo=UTC))
    letter(datetime(2026, 2, 3, 12, tzinfo=UTC))
    assert titles() == ["2024", "2025", "2026"]
    assert bar().back is None
    assert bar().choices[0].link == "?written_at__year=2024"
    assert titles("?written_at__year=2024") == ["November 2024", "December 2024"]
    assert bar("?written_at__year=2024").back == ("?", "All dates")
    assert titles("?written_at__year=2026&written_at__month=2") == ["1 February", "2 February", "3 February"]
    one_day = bar("?written_at__year=2026&written_at__month=2&written_at__day=3")
    assert one_day.choices == [("", "3 February")]
    assert one_day.back.title == "February 2026"


def test_it_starts_where_there_is_a_choice():
    letter(datetime(2026, 2, 3, 12, tzinfo=UTC))
    letter(datetime(2026, 2, 5, 12, tzinfo=UTC))
    assert titles() == ["3 February", "4 February", "5 February"]
    assert bar().back.title == "2026"


def test_without_rows_there_is_none_and_no_year_breaks_it():
    assert bar() is None
    letter(datetime(2026, 2, 3, 12, tzinfo=UTC))
    assert titles("?written_at__year=1999") == []


def test_of_the_letters_it_asks_for_the_two_ends_alone():
    letter(datetime(2026, 2, 3, 12, tzinfo=UTC))
    shown = Client()
    shown.force_login(cast.coordinator(cast.host("seoul")))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = shown.get(LETTERS)
    ends = [one["sql"] for one in asked if one["sql"].startswith('SELECT "outbox_letter"."written_at"')]
    assert len(ends) == 2
    assert all("registrations_registration" not in sql for sql in ends)
    assert "Filter by written" in page.text
