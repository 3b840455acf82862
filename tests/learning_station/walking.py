"""A walk of one browser page through every public page and every page of an account, collecting what is found wrong.

A failure names each page with what was found there.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from credentials.models import Certificate
from tests import cast
from tests.doors.things import shown
from tests.plugins.browser import WCAG_22_AA, describe, violations, widths_of

LONG = (
    "Who pays for the metropolis: land value capture, congestion charges, property registers and intermunicipal "
    "equalization funds compared across eleven metropolitan areas"
)
LONG_TEXT = f"## {LONG}\n\n* one\n* two\n\n`{'x' * 90}`"


def made_station() -> SimpleNamespace:
    """Something of each kind."""
    for slug in ("secretariat-general", "cairo", "chengdu"):
        cast.host(slug)
    course = cast.activity("Twelve weeks of water", format="online_course")
    first = cast.session(course).starts_at
    days = [first + timedelta(days=7 * week) for week in range(12)]
    cast.session(
        course, meetings=[(day, day + timedelta(hours=2), f"Week {n}") for n, day in enumerate(days, 1)]
    )
    long = cast.activity(
        LONG,
        slug="long",
        format="in_person_program",
        description=LONG_TEXT,
    )
    cast.session(
        long, venue="Avinguda de la Reina Maria Cristina, Pavelló 7, Barcelona", eligibility="members_only"
    )
    paced = cast.activity("At your own pace", format="online_course")
    cast.session(paced, self_paced=True, lasts=timedelta(days=60))
    called_off = cast.activity("Called off")
    cast.session(
        called_off, cancelled_at=first - timedelta(days=40), cancellation_reason="The hall burned down."
    )
    past = cast.activity("Long ago", held_on="2019-05-02", source="Annual report 2019")
    water = cast.activity("Water in dense cities")
    session = cast.session(water, places=1)
    person = cast.person("Amina Diallo")
    confirmed = cast.register(session, person)
    return SimpleNamespace(
        person=person,
        activities=[course, long, paced, called_off, past, water],
        open_session=course.sessions.first(),
        confirmed=confirmed,
        certificate=shown(session, confirmed, "Amina")[Certificate],
        waiting=cast.register(session),
        member=cast.organization("Dakar"),
    )


def public_pages(station: SimpleNamespace) -> list[str]:
    return [
        "/",
        "/activities/",
        "/activities/?format=webinar&topic=mobility&q=water",
        "/activities/?q=nothinglikethis&topic=mobility",
        "/activities/?when=past",
        *(activity.get_absolute_url() for activity in station.activities),
        f"/sessions/{station.open_session.pk}/registration/",
        station.waiting.get_absolute_url(),
        f"{station.waiting.get_absolute_url()}cancellation/",
        "/accounts/login/",
        "/centers/",
        "/centers/cairo/",
        "/centers/cairo/message/",
        "/hubs/",
        "/hubs/chengdu/",
        "/hubs/chengdu/message/",
        "/members/",
        f"/members/{station.member.slug}/",
        "/certificates/",
        station.certificate.get_absolute_url(),
        "/proposals/new/",
        "/time-zone/",
        "/accessibility/",
        "/data-protection/",
        "/nothing-here/",
        "/registrations/AAAAAAAAAAAA/",
    ]


def own_pages(station: SimpleNamespace) -> list[str]:
    return [
        "/me/",
        "/me/calendar/",
        "/me/record/",
        station.certificate.get_absolute_url(),
        f"{station.certificate.get_absolute_url()}name/",
        "/me/deletion/",
        "/accounts/profile/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/accounts/logout/",
        station.confirmed.get_absolute_url(),
        f"{station.confirmed.get_absolute_url()}cancellation/",
        f"/sessions/{station.open_session.pk}/registration/",
    ]


# What a page is called and how it is divided: one line for each thing that is wrong.
PARTS = """
() => {
  const number = selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).length;
  const wrong = [];
  if (number("h1") !== 1) wrong.push(`${number("h1")} headings of level 1`);
  if (number("main") !== 1) wrong.push(`${number("main")} main parts`);
  if (number("body > header") !== 1 || number("body > footer") !== 1) wrong.push("not one header and one footer");
  const levels = [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")].map(one => +one.localName[1]);
  levels.forEach((level, n) => {
    if (n && level > levels[n - 1] + 1) wrong.push(`a heading of level ${level} behind one of level ${levels[n - 1]}`);
  });
  const home = /^\\/((fr|es|ar)\\/)?$/.test(location.pathname);
  const station = document.documentElement.lang === "ar" ? "محطة التعلم" : "Learning Station";
  if (!home && !document.title.endsWith(` · ${station}`))
    wrong.push(`the title is “${document.title}”`);
  return wrong;
}
"""


def axe(page: Page, *, rules: list[str] | None = None) -> Iterator[str]:
    if rules:
        found = violations(page, {"type": "rule", "values": rules})
    else:
        everything = {"type": "tag", "values": WCAG_22_AA}
        found = violations(page, everything, rules={"target-size": {"enabled": True}})
    yield from map(describe, found)


def sticks_out(page: Page) -> Iterator[str]:
    wide, window = widths_of(page)
    if wide > window:
        yield f"  {wide} px wide in a window of {window} px"


# 200 % of a window of 1280 px leaves 640 px to lay out in, 400 % leaves 320.
DESK_AND_ENLARGED = 1280, 640, 320


class Walk:
    def __init__(self, page: Page):
        self.page = page
        self.wrong: dict[str, list[str]] = {}

    def through(self, addresses: list[str], look: Callable[[str], None]) -> None:
        for address in addresses:
            self.page.goto(address, wait_until="domcontentloaded")
            look(address)

    def look_everywhere(self, where: str) -> None:
        """As it stands: on a phone in light, on a desk in dark."""
        self.look_on_a_phone(where)
        self.look_at(where, 1280, "dark")

    def look_on_a_phone(self, where: str) -> None:
        self.note(where, (f"  {wrong}" for wrong in self.page.evaluate(PARTS)))
        self.look_at(where, 390, "light")

    def look_at_sizes(self, where: str, *widths: int) -> None:
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.note(f"{where} at {width} px", sticks_out(self.page))

    def look_at(self, where: str, width: int, scheme: Literal["light", "dark"]) -> None:
        self.look_at_sizes(where, width)
        self.in_colors(scheme)
        self.note(f"{where} at {width} px, {scheme}", axe(self.page))

    def in_colors(self, scheme: Literal["light", "dark"]) -> None:
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # Colors on their way from one to the other have arrived.
        self.page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {"
            " document.getAnimations().forEach(one => one.finish()); done(); })))"
        )

    def note(self, where: str, lines: Iterator[str]) -> None:
        if wrong := list(lines):
            self.wrong[where] = wrong

    def done(self) -> None:
        if self.wrong:
            pytest.fail("\n".join(f"{where}:\n" + "\n".join(lines) for where, lines in self.wrong.items()))


def signed_in(page: Page, person, base_url: str) -> None:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])
