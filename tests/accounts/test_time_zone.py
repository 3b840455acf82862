"""A visitor's own clock: chosen without scripts, remembered in a cookie, and never kept for others."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache

from accounts.clock import clocks_change
from tests import cast

pytestmark = pytest.mark.django_db

PICKER = "/time-zone/"
WINTER = datetime(2026, 12, 11, 6, 0, tzinfo=UTC)


@pytest.fixture
def seoul():
    """A session of a host in Seoul: Friday 11 December 2026, 15:00 to 16:30 there."""
    with time_machine.travel(datetime(2026, 12, 1, 12, 0, tzinfo=UTC), tick=False):
        host = cast.host("seoul", timezone="Asia/Seoul", city="Seoul")
        yield session_at(host, WINTER)


def session_at(host, starts_at, hours=1.5, **facts):
    return cast.session(
        cast.activity("Water in dense cities", host=host),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        timezone=host.timezone,
        **facts,
    )


def words(client, address):
    page = re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", client.get(address).content.decode())
    return " ".join(page.split())


def choose(client, zone, next_page="/activities/"):
    return client.post(PICKER, {"zone": zone, "next": next_page})


def test_the_page_leads_to_the_picker_and_back(client, seoul):
    address = seoul.activity.get_absolute_url()
    assert f"/time-zone/?next={address}" in words(client, address)
    page = client.get(f"{PICKER}?next={address}")
    assert page.status_code == 200
    assert f'name="next" value="{address}"' in page.content.decode()
    answer = choose(client, "Asia/Tehran", address)
    assert (answer.status_code, answer["Location"]) == (302, address)
    cookie = answer.cookies["zone"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("Asia/Tehran", True, "Lax")


@pytest.mark.parametrize(
    ("zone", "own", "host"),
    [
        ("Asia/Tehran", "Friday 11 December 2026, 09:30–11:00", "15:00–16:30 Seoul time"),  # UTC+3:30
        (
            "Asia/Kolkata",
            "Friday 11 December 2026, 11:30–13:00",
            "15:00–16:30 Seoul time",
        ),  # Mumbai, UTC+5:30
        ("Pacific/Pago_Pago", "Thursday 10 December 2026, 19:00–20:30", "Friday 15:00–16:30 Seoul time"),
        ("Pacific/Kiritimati", "Friday 11 December 2026, 20:00–21:30", "15:00–16:30 Seoul time"),
        ("America/Mexico_City", "Friday 11 December 2026, 00:00–01:30", "15:00–16:30 Seoul time"),
    ],
)
def test_times_are_told_in_the_chosen_clock_with_the_hosts_beside_it(client, seoul, zone, own, host):
    choose(client, zone)
    for address in (seoul.activity.get_absolute_url(), "/activities/"):
        page = words(client, address)
        assert f">{own} your time</time>" in page
        assert host in page
        assert "data-clock" not in page.replace("data-clocks-change", "")  # the script has nothing to add
        assert "Times are shown in your own time zone" in page


def test_a_session_across_midnight_names_both_days(client, seoul):
    choose(client, "Asia/Tokyo")
    late = session_at(seoul.activity.host, datetime(2026, 12, 11, 14, 30, tzinfo=UTC))
    page = words(client, late.activity.get_absolute_url())
    assert "Friday 11 December 2026, 23:30 – Saturday 12 December 2026, 01:00" in page


def test_a_deadline_at_nine_in_greenwich_is_six_in_the_evening_in_seoul(client):
    with time_machine.travel(datetime(2026, 12, 1, 12, 0, tzinfo=UTC), tick=False):
        host = cast.host("cairo", timezone="Africa/Dakar", city="Dakar")
        deadline = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)
        session = session_at(host, WINTER, registration_closes_at=deadline)
        choose(client, "Asia/Seoul")
        page = words(client, session.activity.get_absolute_url())
        assert "Wednesday 9 December 2026, 18:00 your time</time>" in page
        assert "09:00 Dakar time" in page


def test_no_visitor_is_given_the_page_made_for_another(client, seoul):
    address = seoul.activity.get_absolute_url()
    shared = client.get(address).content
    choose(client, "Asia/Tehran")
    own = client.get(address)
    assert b"09:30" in own.content
    assert b"09:30" not in shared
    assert "public" not in own.headers.get("Cache-Control", "")
    client.cookies.clear()
    assert client.get(address).content == shared
    cache.clear()
    client.cookies["zone"] = "Asia/Tehran"
    client.get(address)
    client.cookies.clear()
    assert client.get(address).content == shared  # nor was the personal one put in


def test_the_empty_choice_forgets(client, seoul):
    choose(client, "Asia/Tehran")
    assert choose(client, "").cookies["zone"]["max-age"] == 0
    assert b"your time</time>" not in client.get("/activities/").content


@pytest.mark.parametrize("name", ["Nowhere/Atlantis", "../../etc/passwd", "Asia/Seoul; x"])
def test_what_is_no_zone_is_refused_and_a_bent_cookie_means_nothing(client, seoul, name):
    answer = choose(client, name)
    assert answer.status_code == 422
    assert "zone" not in answer.cookies
    assert b"Choose one of the cities in the list." in answer.content
    client.cookies["zone"] = name
    page = client.get(seoul.activity.get_absolute_url())
    assert page.status_code == 200
    assert b"data-clock" in page.content


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(client, seoul, elsewhere):
    assert choose(client, "Asia/Tehran", elsewhere)["Location"] == "/activities/"
    page = client.get(f"{PICKER}?next={elsewhere}").content.decode()
    assert 'name="next" value=""' in page
    assert f'href="{elsewhere}"' not in page


def test_who_is_signed_in_is_led_to_the_profile(client):
    client.force_login(cast.person("Amina Diallo"))
    answer = client.get(f"{PICKER}?next=/activities/")
    assert answer["Location"] == "/accounts/profile/?next=%2Factivities%2F"


# Clocks that change between now and then


def test_visitors_are_told_when_the_hosts_clocks_change(client):
    with time_machine.travel(datetime(2027, 3, 1, 12, 0, tzinfo=UTC), tick=False):
        host = cast.host("cairo", timezone="Europe/Madrid", city="Barcelona")
        before, after = (session_at(host, datetime(2027, month, 20, 9, 0, tzinfo=UTC)) for month in (3, 4))
        sentence = "Clocks in Barcelona change on Sunday 28 March; the hours here follow."
        assert sentence in words(client, after.activity.get_absolute_url())
        assert sentence not in words(client, before.activity.get_absolute_url())


def test_a_course_during_which_the_clocks_change_says_so(client):
    with time_machine.travel(datetime(2027, 3, 1, 12, 0, tzinfo=UTC), tick=False):
        host = cast.host("cairo", timezone="Europe/Madrid", city="Barcelona")
        course = session_at(host, datetime(2027, 3, 22, 9, 0, tzinfo=UTC), hours=24 * 14)
        assert "Barcelona change on Sunday 28 March" in words(client, course.activity.get_absolute_url())


def test_who_has_a_clock_is_told_of_its_own_change_first(client, seoul):
    with time_machine.travel(datetime(2027, 3, 1, 12, 0, tzinfo=UTC), tick=False):
        session = session_at(seoul.activity.host, datetime(2027, 4, 20, 9, 0, tzinfo=UTC))
        address = session.activity.get_absolute_url()
        assert "; the hours here follow." not in words(client, address).partition("<body")[2]
        client.force_login(cast.person("Amina Diallo", timezone="Europe/Paris"))
        assert "Your clocks change on Sunday 28 March; the hours here follow." in words(client, address)


def test_the_minute_of_a_change_is_found_forwards_and_back():
    madrid = ZoneInfo("Europe/Madrid")
    winter, summer = (datetime(2027, month, 1, tzinfo=UTC) for month in (2, 7))
    change = clocks_change(madrid, winter, summer)
    assert change is not None
    assert abs(change - datetime(2027, 3, 28, 1, 0, tzinfo=UTC)) <= timedelta(minutes=1)
    back = clocks_change(madrid, summer, datetime(2027, 12, 1, tzinfo=UTC))
    assert back is not None
    assert back.date().isoformat() == "2027-10-31"
    assert clocks_change(ZoneInfo("Asia/Seoul"), winter, summer) is None
