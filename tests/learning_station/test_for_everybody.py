"""The keyboard, paper, forced colors and little motion, on every page they concern. Small windows and large type are looked
at in test_accessibility.py."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .walking import Walk, axe, own_pages, public_pages, signed_in, sticks_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.long
def test_paper_forced_colors_and_little_motion(open_page, live_server, station):
    """Each page is opened once and looked at in all these ways."""
    page = open_page()
    walk = Walk(page)
    page.goto("/activities/")
    assert page.evaluate(MOVING) != []  # for the others something does

    def look(address: str) -> None:
        walk.note(f"{address} with little motion", page.evaluate(MOVING))
        walk.note(f"{address} in forced colors", in_forced_colors(page))
        on_paper(walk, address)
        page.emulate_media(
            media="screen", color_scheme="light", forced_colors="none", reduced_motion="reduce"
        )

    page.emulate_media(reduced_motion="reduce")
    walk.through(public_pages(station), look)
    signed_in(page, station.person, live_server.url)
    walk.through(own_pages(station), look)
    walk.done()


def in_forced_colors(page: Page) -> list[str]:
    """Every shape has an edge."""
    page.emulate_media(forced_colors="active")
    return page.evaluate(
        """() => [...document.querySelectorAll(
            ".button, .badge, .chip, .panel, .activity-card:not(.activity-card-row), .notice, .date-block,"
            + "main input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea")]
          .filter(one => one.checkVisibility({visibilityProperty: true}))
          .filter(one => { const look = getComputedStyle(one);
            return look.borderBlockStartStyle === "none" || parseFloat(look.borderBlockStartWidth) < 1; })
          .map(one => `  no edge around ${one.localName}.${one.className}`)"""
    )


def on_paper(walk: Walk, address: str) -> None:
    """Black on white and without the navigation, printed by a reader whose screen is dark."""
    page = walk.page
    page.set_viewport_size({"width": 670, "height": 950})  # A4 without its margins
    page.emulate_media(media="print", color_scheme="dark", forced_colors="none")
    walk.note(f"{address} on paper", sticks_out(page))
    walk.note(f"{address}, colors on paper", axe(page, rules=["color-contrast"]))
    walk.note(
        f"{address}, what is printed",
        page.evaluate(
            """() => [
              ...[...document.querySelectorAll(".masthead-nav, .site-footer nav, .skip-link, .pagination")]
                .filter(one => one.checkVisibility()).map(one => `  ${one.className} is printed`),
              ...(document.querySelector("h1").checkVisibility() ? [] : ["  the heading is not"]),
              ...(getComputedStyle(document.querySelector("h1")).color === "rgb(0, 0, 0)" ? [] : ["  not black"]),
            ]"""
        ),
    )


MOVING = """
() => [...document.querySelectorAll("*")].flatMap(one => [null, "::before", "::after"].flatMap(part => {
  const look = getComputedStyle(one, part);
  return [...look.transitionDuration.split(","), ...look.animationDuration.split(",")]
    .filter(time => parseFloat(time) * (time.trim().endsWith("ms") ? 0.001 : 1) > 0.001)
    .map(time => `  ${one.localName}.${one.className}${part || ""} takes ${time}`);
}))
"""


FOCUSED = """
() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  const before = window.walkIsAt;
  window.walkBegan ||= at;
  window.walkIsAt = at;  // the same again inside a date, which has three places to stop at
  const card = at.closest(".activity-card, .lead-story, .way") || at;
  const ring = [look, getComputedStyle(card), getComputedStyle(at, "::after")].some(
    one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
  return {
    what: `${at.tagName.toLowerCase()} “${(at.innerText || at.ariaLabel || at.name || "").trim().slice(0, 40)}”`,
    body: at === document.body, ring, seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    late: Boolean(before && before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING),
    again: Boolean(before && before !== at && at === window.walkBegan), in_main: at.closest("main") !== null,
  };
}
"""


@pytest.mark.long
def test_the_keyboard_walks_in_reading_order_and_one_sees_where(page, live_server, station):
    walk = Walk(page)
    alike = {activity.get_absolute_url() for activity in station.activities[2:5]}
    pages = [address for address in public_pages(station) if address not in alike]
    walk.through(pages, lambda address: by_keyboard(walk, address))
    signed_in(page, station.person, live_server.url)
    walk.through(own_pages(station), lambda address: by_keyboard(walk, address))
    walk.done()


def test_the_keyboard_walks_through_the_way_to_a_place(page, live_server, station):
    walk = Walk(page)
    signed_in(page, station.person, live_server.url)
    way = [
        "/activities/",
        station.open_session.activity.get_absolute_url(),
        f"/sessions/{station.open_session.pk}/registration/",
        "/me/",
    ]
    walk.through(way, lambda address: by_keyboard(walk, address))
    walk.done()


def by_keyboard(walk: Walk, address: str) -> None:
    walk.note(f"{address} by keyboard", tabbed_through(walk.page))


def test_the_keyboard_walks_from_right_to_left_too(page, station):
    walk = Walk(page)
    for address in ("/ar/", "/ar/activities/", f"/ar/sessions/{station.open_session.pk}/registration/"):
        page.goto(address, wait_until="domcontentloaded")
        by_keyboard(walk, address)
    walk.done()


WRONG = {
    "document.querySelector('main a').style.outline = 'none'": "no ring around",
    "document.querySelector('main a').tabIndex = 1": "comes too late",
    "document.querySelector('main a').style.position = 'fixed';"
    " document.querySelector('main a').style.top = '-999px'": "is not in sight",
    "document.querySelectorAll('main a').forEach(one => { one.tabIndex = -1; })": "cannot be reached",
}


def test_the_keyboard_walk_sees_what_is_wrong(page, station):
    for script, expected in WRONG.items():
        page.goto("/accessibility/")
        page.evaluate(script)
        assert any(expected in line for line in tabbed_through(page)), expected


def tabbed_through(page: Page) -> Iterator[str]:
    """From the top of the page, or from what has the focus when it opens, to its end."""
    opened_at = page.evaluate("document.activeElement !== document.body")
    if not opened_at:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") not in ("skip-link", ""):
            yield "  the skip link is not the first"
    in_main = False
    for _step in range(200):
        here = page.evaluate(FOCUSED)
        if here["body"] or here["again"]:
            break  # a browser without a bar of its own begins anew at once
        if not here["ring"]:
            yield f"  no ring around {here['what']}"
        if not here["seen"]:
            yield f"  {here['what']} is not in sight"
        if here["late"]:
            yield f"  {here['what']} comes too late"
        in_main = in_main or here["in_main"]
        page.keyboard.press("Tab")
    else:
        yield "  the walk does not end"
    if not in_main and page.evaluate("document.querySelector('main :is(a, button)') !== null"):
        yield "  what the page is about cannot be reached"


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
