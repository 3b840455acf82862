"""Days are taken within a sensible span of years: in every field, in lines of meetings, in addresses."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client

from desk.fields import PlaceTime
from desk.years import validate_year
from hubs.admin.fields import Day
from reviews.forms import DecisionForm
from staff.sessions import meeting_lines
from tests import cast

OURS = ("accounts", "catalog", "hubs", "outbox", "proposals", "registrations")
FOOLISH = ("0001", "0026", "0206", "1899", "2200", "9998", "9999")


@pytest.mark.parametrize("year", [1900, 1985, 2026, 2199])
def test_years_people_live_in_are_taken(year):
    validate_year(date(year, 12, 31))
    assert PlaceTime().clean(f"{year}-12-31T23:59") == datetime(year, 12, 31, 23, 59)


@pytest.mark.parametrize("year", FOOLISH)
def test_a_slip_of_the_finger_is_refused_in_a_sentence(year):
    sentence = f"Write a year from 1900 to 2199, not {year}."
    decision = DecisionForm(
        {"starts_at": f"{year}-12-31T10:00", "verdict": "accepted"},
        verdicts=[("accepted", "")],
        language="en",
    )
    assert decision.errors["starts_at"] == [sentence]
    for field in (PlaceTime(), Day()):
        typed = f"{year}-01-01T00:00" if isinstance(field, PlaceTime) else f"{year}-01-01"
        with pytest.raises(ValidationError) as refusal:
            field.clean(typed)
        assert refusal.value.messages == [sentence]
    with pytest.raises(ValidationError) as refusal:
        meeting_lines.read(f"{year}-12-31 22:00–{year}-12-31 23:00 Talk", ZoneInfo("Pacific/Kiritimati"))
    assert refusal.value.messages == [f"Line 1: {sentence}"]


def test_every_day_that_people_write_is_looked_at():
    """A new column of a day needs the rule too."""
    unguarded = [
        f"{model._meta.label}.{field.name}"
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if type(field) is models.DateField
        and field.editable
        and field.name != "previous_ends_on"  # copied, not typed
        and not field.generated
        and validate_year not in field.validators
    ]
    assert unguarded == []
    assert isinstance(Day(), forms.DateField)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["from=0001-01-01", "until=9999-12-31", "from=0026-12-01", "from=9999-12-31&until=0001-01-01"]
)
@pytest.mark.parametrize(
    "address", ["/activities/", "/activities/feed.ics", "/activities/feed.atom", "/activities/?when=past&"]
)
def test_an_address_may_name_any_year(client, address, asked):
    cast.session()
    answer = client.get(f"{address}{'' if '?' in address else '?'}{asked}")
    assert answer.status_code == 200
    if answer.headers["Content-Type"].startswith("text/html"):
        assert "Write a year from 1900 to 2199." in answer.content.decode()


@pytest.mark.django_db
def test_the_bar_of_dates_of_a_list_may_name_any_year():
    client = Client()
    client.force_login(cast.secretary())
    for asked in (
        "9999",
        "0",
        "1",
        "9999&written_at__month=12",
        "9999&written_at__month=12&written_at__day=31",
    ):
        answer = client.get(f"/admin/outbox/letter/?written_at__year={asked}")
        assert answer.status_code in (200, 302)


@pytest.mark.django_db
def test_the_first_day_of_all_is_found_in_every_zone(client):
    cast.session(starts_at=datetime(2026, 12, 1, tzinfo=UTC))
    assert client.get("/activities/?when=past&from=1900-01-01&until=2199-12-31").status_code == 200
