"""The zones that are offered have the names of today; the names they had before are taken for them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.contrib.auth import get_user_model
from django.forms import modelform_factory

from accounts.forms import ProfileForm, ZoneForm
from accounts.zones import current_name, links, old_names, zone_names
from catalog.models import Session
from staff.sessions.form import SessionForm
from tests import cast

MONTHS = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=29 * month) for month in range(50)]


def clock(name: str) -> list[timedelta | None]:
    return [month.astimezone(ZoneInfo(name)).utcoffset() for month in MONTHS]


def test_no_old_spelling_is_offered_and_each_is_taken_for_a_zone_with_the_same_clock():
    offered = set(zone_names())
    assert len(offered) == len(zone_names())
    assert offered <= available_timezones()
    renamed = {name: current_name(name) for name in available_timezones() if current_name(name) != name}
    assert set(renamed.values()) <= offered
    assert not renamed.keys() & offered
    assert {name for name, now in renamed.items() if clock(name) != clock(now)} == set()
    # What is left under its own name is no other name of a place that is offered.
    others = available_timezones() - offered - renamed.keys()
    assert {name for name in others if links().get(name) in offered} == set()


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Africa/Asmera", "Africa/Asmara"),
        ("Europe/Uzhgorod", "Europe/Kyiv"),
        ("Pacific/Samoa", "Pacific/Pago_Pago"),
        ("US/Eastern", "America/New_York"),
        ("Zulu", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("Nowhere/Atlantis", "Nowhere/Atlantis"),
    ],
)
def test_a_zone_has_the_name_of_today(before, now):
    assert current_name(before) == now
    assert now not in zone_names() or before in old_names()[now]


@pytest.mark.django_db
def test_a_form_takes_an_old_name_and_shows_it_as_the_new_one():
    person = cast.person(timezone="Asia/Rangoon")
    page = ProfileForm(instance=person)["timezone"].as_widget()
    assert '<option value="Asia/Yangon" selected data-before="Asia/Rangoon">' in page
    assert 'value="Asia/Rangoon"' not in page
    form = ZoneForm({"zone": "Asia/Dacca"})
    assert form.is_valid()
    assert form.cleaned_data["zone"] == "Asia/Dhaka"


@pytest.mark.django_db
def test_a_stored_old_name_keeps_working(client):
    person = cast.person(timezone="America/Godthab")
    client.force_login(person)
    assert client.get("/activities/").status_code == 200
    assert get_user_model().objects.get(pk=person.pk).zone.key == "America/Godthab"
    session = cast.session(timezone="Asia/Ujung_Pandang")
    form = modelform_factory(Session, form=SessionForm, fields=["timezone"])(instance=session)
    assert '<option value="Asia/Makassar" selected>' in form["timezone"].as_widget()
    client.logout()
    client.cookies["zone"] = "Asia/Ulan_Bator"
    assert b"your time" in client.get(session.activity.get_absolute_url()).content
