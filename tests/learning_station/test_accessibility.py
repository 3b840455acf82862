"""Every public page and every page of an account, for everybody (WCAG 2.2 AA): axe on small and large, light and dark,
right to left; nothing sticks out at 320 px or at 200 %; a walk with the keyboard.

One browser page goes through all of them. A failure names each page with what was found there.
"""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import cast
from tests.accounts.doorway import code_in_letter
from tests.plugins.browser import WCAG_22_AA, axe_source, describe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = (
    "Who pays for the metropolis: land value capture, congestion charges, property registers and intermunicipal "
    "equalization funds compared across eleven metropolitan areas"
)
LONG_TEXT = f"## {LONG}\n\n* one\n* two\n\n`{'x' * 90}`"
RIGHT_TO_LEFT = "/ar" if "ar" in dict(settings.LANGUAGES) else ""


@pytest.fixture
def station() -> SimpleNamespace:
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
    seats = cast.session(water, places=1)
    person = cast.person("Amina Diallo")
    return SimpleNamespace(
        person=person,
        activities=[course, long, paced, called_off, past, water],
        open_session=course.sessions.first(),
        confirmed=cast.register(seats, person),
        waiting=cast.register(seats),
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
        "/members/",
        f"/members/{station.member.slug}/",
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


def findings(page: Page, *, axe: bool = True) -> Iterator[str]:
    """What is wrong with the page as it stands, one line for each thing."""
    if axe:
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(axe_source())
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],"
            " rules: {'target-size': {enabled: true}}})",
            WCAG_22_AA,
        )
        yield from (describe(violation) for violation in found["violations"])
    if page.locator("h1").count() != 1:
        yield f"  {page.locator('h1').count()} headings of level 1"
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if wide > window:
        yield f"  {wide} px wide in a window of {window} px"


class Walk:
    """One page through many addresses, collecting what is found."""

    def __init__(self, page: Page):
        self.page, self.found = page, {}

    def look(self, addresses: list[str], width: int, *, axe: bool = True, expect_direction: str = "") -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            self.page.goto(address, wait_until="domcontentloaded")
            self.note(f"{address} at {width} px", axe=axe)
            if expect_direction and self.page.evaluate("document.dir") != expect_direction:
                self.found[f"{address} at {width} px"] = ["  not right to left"]

    def note(self, where: str, *, axe: bool = True) -> None:
        if lines := list(findings(self.page, axe=axe)):
            self.found[where] = lines

    def done(self) -> None:
        if self.found:
            pytest.fail("\n".join(f"{where}:\n" + "\n".join(lines) for where, lines in self.found.items()))


def signed_in(page: Page, person, base_url: str) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (1280, "dark"), (390, "dark"), (1280, "light")]
)
def test_axe_finds_nothing(open_page, live_server, station, width, scheme):
    page = open_page(width=width, color_scheme=scheme, reduced_motion="reduce")
    walk = Walk(page)
    # All pages twice: each width and each scheme. The other two crossings look at what colors most.
    every = (width, scheme) in {(390, "light"), (1280, "dark")}
    walk.look(public_pages(station) if every else public_pages(station)[:8], width)
    signed_in(page, station.person, live_server.url)
    walk.look(own_pages(station) if every else own_pages(station)[:1], width)
    if every:
        page.goto("/accounts/profile/")
        page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true; })")
        page.get_by_label("Your name").fill("")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".error-summary")).to_be_focused()
        walk.note(f"the profile with errors at {width} px")
        page.goto("/admin/")  # not for officials
        walk.note(f"the door to the desk at {width} px")
    walk.done()


def test_the_code_page_is_for_everybody(open_page, station):
    page = open_page(width=390)
    walk = Walk(page)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(station.person.email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code from the letter")).to_be_focused()
    walk.note("entering the code")
    page.get_by_label("Code from the letter").fill("0000-0000")
    assert code_in_letter(station.person.email) != "0000-0000"
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".error-summary")).to_be_visible()
    walk.note("a wrong code")
    walk.done()


def test_right_to_left(open_page, station):
    page = open_page(width=390)
    walk = Walk(page)
    if RIGHT_TO_LEFT:
        pages = [RIGHT_TO_LEFT + address for address in public_pages(station)[:13]]
        for width in (390, 1280):
            walk.look(pages, width, expect_direction="rtl")
    else:
        with_gallery = "/design/"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "DEBUG", True)
            page.goto(with_gallery)
        page.evaluate("document.documentElement.dir = 'rtl'")
        walk.note("the gallery, right to left")
    walk.done()


def test_nothing_sticks_out_on_the_smallest_phone_and_at_200_percent(open_page, live_server, station):
    page = open_page(width=320)
    walk = Walk(page)
    walk.look(public_pages(station), 320, axe=False)
    # 200 % of a window of 1280 px leaves 640 px to lay out in.
    walk.look(public_pages(station)[:9], 640, axe=False)
    signed_in(page, station.person, live_server.url)
    walk.look(own_pages(station), 320, axe=False)
    walk.done()


FOCUSED = """
() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  const card = at.closest(".activity-card, .lead-story, .way") || at;
  const ring = [look, getComputedStyle(card), getComputedStyle(at, "::after")].some(
    one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
  return {
    what: `${at.tagName.toLowerCase()} “${(at.innerText || at.ariaLabel || at.name || "").trim().slice(0, 40)}”`,
    body: at === document.body, ring, seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    place: [...document.querySelectorAll("*")].indexOf(at),
  };
}
"""


@pytest.mark.parametrize("address", ["/", "/activities/"])
def test_the_keyboard_walks_in_reading_order_and_one_sees_where(page, station, address):
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    found, last = [], -1
    for _step in range(60):
        here = page.evaluate(FOCUSED)
        if here["body"]:
            break
        if not here["ring"]:
            found.append(f"no ring around {here['what']}")
        if not here["seen"]:
            found.append(f"{here['what']} is not in sight")
        if here["place"] < last:
            found.append(f"{here['what']} comes too late")
        last = here["place"]  # the same again inside a date, which has three places to stop at
        page.keyboard.press("Tab")
    assert last > 0
    assert found == []


def test_the_skip_link_leads_past_the_navigation(page, station):
    page.goto("/activities/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_focus_stays_when_the_list_changes_and_the_number_is_told(page, station):
    page.goto("/activities/")
    expect(page.locator("#result-count")).to_have_attribute("role", "status")
    before = page.locator("#result-count").inner_text()
    page.locator("#format-webinar").focus()
    page.keyboard.press("Space")
    expect(page.locator("#result-count")).not_to_have_text(before)
    expect(page.locator("#format-webinar")).to_be_focused()
