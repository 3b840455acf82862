"""The reader's own clock in a browser: added by a script to the page that is the same for everybody, and made by the
server for who is signed in. Awkward places and days."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)
WINTER = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)  # Friday 17:00 in Seoul


def session(host: str, starts_at: datetime, lasts: timedelta = 1.5 * HOUR):
    return cast.session(cast.activity(host=cast.host(host)), starts_at=starts_at, lasts=lasts)


def visit(
    open_page, zone: str, visited, *, now: datetime, prefix: str = "", person: User | None = None, **options
) -> Page:
    """The activity's page as somebody in that zone sees it at that moment."""
    page = open_page(timezone_id=zone, **options)
    page.clock.install(time=now)
    with time_machine.travel(now, tick=True):
        if person:
            sign_in(page, person)
        page.goto(f"{prefix}{visited.activity.get_absolute_url()}")
    return page


def sign_in(page: Page, person: User) -> None:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )


def clock_texts(page: Page) -> tuple[str, str]:
    """What the session's clock says first, and what beside it."""
    clock = page.locator(".clock-block .clock").first
    first, own = clock.locator("time"), clock.locator(".clock-own")
    return text_of(first), text_of(own) if own.count() else ""


def text_of(element) -> str:
    return " ".join(element.inner_text().split())


NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def test_a_visitors_clock_stands_beside_the_hosts(open_page):
    visited = session("seoul", WINTER)
    beside = {
        "Asia/Tehran": "11:30–13:00 your time",
        "Asia/Kolkata": "13:30–15:00 your time",
        "Pacific/Auckland": "21:00–22:30 your time",
        "America/Sao_Paulo": "05:00–06:30 your time",
        "Pacific/Kiritimati": "22:00–23:30 your time",
        "Pacific/Pago_Pago": "Thursday 21:00–22:30 your time, the day before",
        "Asia/Tokyo": "",  # the same clock is not told twice
    }
    seen = {zone: clock_texts(visit(open_page, zone, visited, now=NOW)) for zone in beside}
    assert seen == {
        zone: ("Friday 11 December 2026, 17:00–18:30 Seoul time", own) for zone, own in beside.items()
    }


def test_who_is_signed_in_has_the_profiles_clock_first_whatever_the_browsers(open_page):
    visited = session("seoul", WINTER)
    both = {
        "Asia/Tehran": ("Friday 11 December 2026, 11:30–13:00 your time", "17:00–18:30 Seoul time"),
        "Asia/Kolkata": ("Friday 11 December 2026, 13:30–15:00 your time", "17:00–18:30 Seoul time"),
        "Pacific/Auckland": ("Friday 11 December 2026, 21:00–22:30 your time", "17:00–18:30 Seoul time"),
        "Pacific/Pago_Pago": (
            "Thursday 10 December 2026, 21:00–22:30 your time",
            "Friday 17:00–18:30 Seoul time",
        ),
        "Asia/Tokyo": ("Friday 11 December 2026, 17:00–18:30 Seoul time", ""),
    }
    seen = {}
    for zone in both:
        page = visit(open_page, "America/Bogota", visited, now=NOW, person=cast.person(timezone=zone))
        expect(page.locator("[data-clock]")).to_have_count(0)
        seen[zone] = clock_texts(page)
    assert seen == both


@pytest.mark.parametrize(
    ("starts_at", "lasts", "zone", "own"),
    [
        # After midnight where the reader is, then across it.
        ((11, 10, 30), HOUR, "Pacific/Kiritimati", "Saturday 00:30–01:30 your time, the day after"),
        ((11, 9, 30), HOUR, "Pacific/Kiritimati", "23:30 – Saturday 00:30 your time"),
        # The host's own midnight is no midnight in São Paulo.
        ((11, 14, 30), HOUR, "America/Sao_Paulo", "11:30–12:30 your time"),
        # Several days.
        (
            (31, 23, 0),
            50 * HOUR,
            "America/Sao_Paulo",
            "Thursday 31 December, 20:00 – Saturday 2 January, 22:00 your time, the day before",
        ),
    ],
)
def test_midnights_and_days_are_named_where_they_differ(open_page, starts_at, lasts, zone, own):
    visited = session("seoul", datetime(2026, 12, *starts_at, tzinfo=UTC), lasts)
    assert clock_texts(visit(open_page, zone, visited, now=NOW))[1] == own


def test_the_script_writes_dates_as_the_server_does(open_page):
    visited = session("seoul", datetime(2027, 2, 1, 1, 0, tzinfo=UTC), 25 * HOUR)
    own = {
        "/fr": "dimanche 31 janvier, 22:00 – lundi 1er février, 23:00 à votre heure, la veille",
        "/es": "domingo 31 de enero, 22:00 – lunes 1 de febrero, 23:00 (su hora), el día anterior",
        "/ar": "الأحد 31 يناير، 22:00 – الاثنين 1 فبراير، 23:00 بتوقيتك، في اليوم السابق",
    }
    seen = {
        prefix: clock_texts(visit(open_page, "America/Sao_Paulo", visited, now=NOW, prefix=prefix))[1]
        for prefix in own
    }
    assert seen == own


AUTUMN, SPRING = datetime(2027, 10, 20, 12, tzinfo=UTC), datetime(2027, 3, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_at", "now", "days"),
    [
        # Madrid's clocks go back on the last Sunday of October, Auckland's went forward before.
        (
            datetime(2027, 11, 3, 9, tzinfo=UTC),
            AUTUMN,
            {"Europe/Madrid": "Sunday 31 October", "Pacific/Auckland": None, "America/Sao_Paulo": None},
        ),
        (datetime(2027, 10, 30, 9, tzinfo=UTC), AUTUMN, {"Europe/Madrid": None}),
        # Madrid's go forward on the last Sunday of March, Auckland's back on the first of April.
        (
            datetime(2027, 4, 8, 2, tzinfo=UTC),
            SPRING,
            {"Europe/Madrid": "Sunday 28 March", "Pacific/Auckland": "Sunday 4 April", "Asia/Tehran": None},
        ),
    ],
)
@pytest.mark.parametrize("signed_in", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_change_of_the_readers_clocks_is_told_before_it_comes(open_page, starts_at, now, days, signed_in):
    visited = session("seoul", starts_at)
    for zone, day in days.items():
        person = cast.person(timezone=zone) if signed_in else None
        page = visit(open_page, "Asia/Kolkata" if signed_in else zone, visited, now=now, person=person)
        notes = [f"Your clocks change on {day}; the hours here follow."] if day else []
        expect(page.locator(".clock-note:visible")).to_have_text(notes)


@pytest.mark.parametrize("zone", ["Asia/Tehran", "Europe/Madrid"])
def test_a_change_of_the_hosts_clocks_is_told_too_but_not_twice(open_page, zone):
    visited = session("secretariat-general", datetime(2027, 11, 3, 9, tzinfo=UTC))
    page = visit(open_page, zone, visited, now=AUTUMN)
    expect(page.locator(".clock-note").first).to_have_text(
        "Clocks in Barcelona change on Sunday 31 October; the hours here follow."
    )


def test_a_session_over_the_hour_that_is_left_out_ends_as_the_readers_clock_shows(open_page):
    """From 01:30 to 03:30 on a clock in Madrid, and an hour long: 02:00 to 03:00 is not there."""
    visited = session("seoul", datetime(2027, 3, 28, 0, 30, tzinfo=UTC), HOUR)
    page = visit(open_page, "Europe/Madrid", visited, now=SPRING)
    assert clock_texts(page) == ("Sunday 28 March 2027, 09:30–10:30 Seoul time", "01:30–03:30 your time")
    expect(page.locator(".clock-note").first).to_contain_text("Your clocks change on Sunday 28 March")


def test_an_hour_that_comes_twice(open_page):
    visited = session("seoul", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), HOUR)
    assert clock_texts(visit(open_page, "Europe/Madrid", visited, now=AUTUMN)) == (
        "Sunday 31 October 2027, 09:30–10:30 Seoul time",
        "02:30–02:30 your time",
    )


def test_a_deadline_at_nine_in_greenwich_is_six_in_the_evening_for_a_visitor_in_seoul(open_page):
    visited = cast.session(
        cast.activity(host=cast.host("secretariat-general")),
        starts_at=WINTER,
        registration_closes_at=datetime(2026, 12, 9, 9, 0, tzinfo=UTC),
    )
    page = visit(open_page, "Asia/Seoul", visited, now=NOW)
    deadline = page.locator(".facts div", has_text="Register by")
    assert (
        text_of(deadline.locator("dd")) == "Wednesday 9 December 2026, 10:00 Barcelona time 18:00 your time"
    )


def test_hours_stay_in_one_piece_on_a_phone(open_page):
    visited = session("seoul", WINTER)
    page = visit(open_page, "Asia/Tehran", visited, now=NOW, width=320)
    pieces = page.locator(".clock-block .clock").first.locator(".nowrap")
    expect(pieces).to_have_text(["17:00–18:30", "11:30–13:00"])
    assert pieces.evaluate_all("all => all.map(one => one.getClientRects().length)") == [1, 1]


def test_a_formatter_is_made_once_and_none_for_the_hosts_clocks(open_page):
    """Making some for each moment took most of a slow phone's time."""
    for host in ("seoul", "cairo", "mexico-city"):
        for day in range(3):
            session(host, WINTER + timedelta(days=day))
    page = open_page(timezone_id="Pacific/Pago_Pago")
    page.add_init_script("""
        window.made = [];
        Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
          construct(kind, given) { made.push(JSON.stringify(given[1])); return new kind(...given); },
        });
    """)
    with time_machine.travel(NOW, tick=True):
        page.goto("/activities/")
    expect(page.locator("article .clock-own")).to_have_count(9)
    assert page.evaluate("made") == [
        '{"weekday":"long"}'
    ]  # for “Thursday 21:00–22:30 your time, the day before”
