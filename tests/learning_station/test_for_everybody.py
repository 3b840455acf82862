"""Small windows, large type, the keyboard, paper, forced colors and little motion, on every page they concern."""

import pytest
from playwright.sync_api import expect

from .walking import OF_COLOR, Walk, axe, own_pages, public_pages, signed_in, sticks_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_nothing_sticks_out_on_the_smallest_phone_and_at_200_percent(open_page, live_server, station):
    page = open_page(width=320)
    walk = Walk(page)

    def look(address: str) -> None:
        # 200 % of a window of 1280 px leaves 640 px to lay out in, 400 % leaves 320.
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 900})
            walk.note(f"{address} at {width} px", sticks_out(page))

    walk.through(public_pages(station), look)
    walk.through([f"/ar{address}" for address in public_pages(station)], look)
    signed_in(page, station.person, live_server.url)
    walk.through(own_pages(station), look)
    walk.done()


def test_on_paper_it_is_black_on_white_without_the_navigation(page, live_server, station):
    """Printed by a reader whose screen is dark."""
    walk = Walk(page)
    page.set_viewport_size({"width": 670, "height": 950})  # A4 without its margins
    page.emulate_media(media="print", color_scheme="dark")

    def look(address: str) -> None:
        walk.note(f"{address} on paper", sticks_out(page))
        walk.note(f"{address}, colors on paper", axe(page, rules=OF_COLOR[:1]))
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

    walk.through(public_pages(station), look)
    signed_in(page, station.person, live_server.url)
    walk.through(own_pages(station), look)
    walk.done()


def test_where_colors_are_forced_every_shape_has_an_edge(page, live_server, station):
    walk = Walk(page)
    page.emulate_media(forced_colors="active")

    def look(address: str) -> None:
        walk.note(
            f"{address} in forced colors",
            page.evaluate(
                """() => [...document.querySelectorAll(
                    ".button, .badge, .chip, .panel, .activity-card:not(.activity-card-row), .notice, .date-block,"
                    + "main input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea")]
                  .filter(one => one.checkVisibility({visibilityProperty: true}))
                  .filter(one => { const look = getComputedStyle(one);
                    return look.borderBlockStartStyle === "none" || parseFloat(look.borderBlockStartWidth) < 1; })
                  .map(one => `  no edge around ${one.localName}.${one.className}`)"""
            ),
        )

    walk.through(public_pages(station), look)
    signed_in(page, station.person, live_server.url)
    walk.through(own_pages(station), look)
    walk.done()


MOVING = """
() => [...document.querySelectorAll("*")].flatMap(one => [null, "::before", "::after"].flatMap(part => {
  const look = getComputedStyle(one, part);
  return [...look.transitionDuration.split(","), ...look.animationDuration.split(",")]
    .filter(time => parseFloat(time) * (time.trim().endsWith("ms") ? 0.001 : 1) > 0.001)
    .map(time => `  ${one.localName}.${one.className}${part || ""} takes ${time}`);
}))
"""


def test_nothing_moves_for_who_wants_little_motion(page, live_server, station):
    walk = Walk(page)
    page.goto("/activities/")
    assert page.evaluate(MOVING) != []  # for the others something does
    page.emulate_media(reduced_motion="reduce")
    walk.through(public_pages(station), lambda address: walk.note(address, page.evaluate(MOVING)))
    signed_in(page, station.person, live_server.url)
    walk.through(own_pages(station), lambda address: walk.note(address, page.evaluate(MOVING)))
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
