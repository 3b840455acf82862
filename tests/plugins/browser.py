"""A real browser for tests: Chromium, driven by Playwright, against Django's live server.

    @pytest.mark.browser
    def test_catalog_reads_well(page, live_server, axe): ...

`page` is a desk (1280 px wide) with scripts on; `phone` is 390 px wide; `desk_without_scripts` and
`phone_without_scripts` are what they say, and `open_page(width=…, scripts=…, **options)` makes any other (dark, right to
left, another time zone). A test fails at its end when any of its pages wrote an error to the console, asked another site
for something, got a 5xx, or missed a file. A test that expects such complaints takes them away: `complaints.clear()`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tools.local.browser import OPTIONS, chromium

if TYPE_CHECKING:  # importing Playwright takes a while, and most runs need no browser
    from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response

# Playwright keeps an event loop in the test's thread; Django would refuse to touch the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

# No page lives long enough to be worth the second core's work on its scripts, axe's above all.
SHORT_LIVED = "--js-flags=--no-opt --no-maglev"

# Not a measure of speed: a page that is well may take a minute on a busy machine.
PATIENCE_MILLISECONDS = 180_000

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

type OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium(), args=[*OPTIONS, SHORT_LIVED])
    yield running
    running.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the test's pages complained of so far; anything left in it at the end fails the test."""
    heard: list[str] = []
    yield heard
    if heard:
        pytest.fail("The browser complained:\n" + "\n".join(heard))


@pytest.fixture
def open_page(browser: Browser, live_server: Any, complaints: list[str]) -> Iterator[OpenPage]:
    """Makes pages: `open_page(width=390, scripts=False, locale="ar", timezone_id="Asia/Tehran", color_scheme="dark")`.

    Each is in a context of its own, so two pages are two visitors. Relative addresses lead to the live server:
    `page.goto("/activities/")`.
    """
    contexts = []

    def make(
        *, width: int = DESK["width"], height: int | None = None, scripts: bool = True, **options: Any
    ) -> Page:
        tall = height or (PHONE if width < 700 else DESK)["height"]
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": tall},
            java_script_enabled=scripts,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        listen(page, live_server.url, complaints)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    return open_page(width=DESK["width"])


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(width=PHONE["width"], has_touch=True, is_mobile=True)


@pytest.fixture
def desk_without_scripts(open_page: OpenPage) -> Page:
    return open_page(width=DESK["width"], scripts=False)


@pytest.fixture
def phone_without_scripts(open_page: OpenPage) -> Page:
    return open_page(width=PHONE["width"], scripts=False, has_touch=True, is_mobile=True)


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails on any serious or critical finding of axe-core; it needs a page with scripts on."""
    return assert_accessible


GRAVE = ("serious", "critical")
# What axe says of a rule is what it says of each thing that breaks it: rules that are never grave are not asked.
ASK_AXE = """
([where, only, impacts, rules]) => {
  const off = impacts ? axe._audit.rules.filter(rule => rule.impact && !impacts.includes(rule.impact)) : [];
  const options = {runOnly: only, rules: {...rules, ...Object.fromEntries(off.map(rule => [rule.id, {enabled: false}]))}};
  // What is well is not told: to describe it takes longer than to look.
  return axe.run(where || document, {...options, resultTypes: ["violations"], reporter: "no-passes"});
}
"""


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    found = violations(page, {"type": "tag", "values": WCAG_22_AA}, within=within, impacts=GRAVE)
    grave = [violation for violation in found if violation["impact"] in GRAVE]
    if grave:
        pytest.fail(f"axe on {page.url}:\n" + "\n".join(describe(violation) for violation in grave))


def violations(
    page: Page,
    only: dict[str, Any],
    *,
    within: str | None = None,
    impacts: tuple[str, ...] = (),
    rules: dict[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """What axe finds wrong, by rules of these `impacts` or of all."""
    bring_axe(page)
    result: dict[str, Any] = page.evaluate(ASK_AXE, [within, only, impacts or None, rules or {}])
    return list(result["violations"])


def bring_axe(page: Page) -> None:
    page.wait_for_load_state()  # a click waits until the next page begins, when there is nothing of it yet
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(axe_source())


def widths_of(page: Page) -> tuple[int, int]:
    """Of all that is on the page, and of the window, in pixels."""
    page.wait_for_load_state()
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return wide, window


def assert_fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    wide, window = widths_of(page)
    assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}"


def describe(violation: dict[str, Any]) -> str:
    places = "".join(
        f"\n    {node['target'][0]}: {node['html'][:160]}\n      {why(node)}"
        for node in violation["nodes"][:5]
    )
    return f"  {violation['impact']}: {violation['id']}, {violation['help']}{places}"


def why(node: dict[str, Any]) -> str:
    broken = [*node["none"], *node["all"], *node["any"]]
    return str(broken[-1]["message"]).strip()


def axe_source() -> str:
    import pytest_playwright_axe

    return (Path(pytest_playwright_axe.__file__).parent / "resources" / "axe.min.js").read_text(
        encoding="utf-8"
    )


def listen(page: Page, home: str, complaints: list[str]) -> None:
    """Write down errors of the console, uncaught errors, requests to other sites, answers of 5xx, missing files."""

    def console(message: ConsoleMessage) -> None:
        # The browser itself reports a 4xx answer, such as a form's 422, as an error; the test asserts those.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    def request(asked: Request) -> None:
        if not asked.url.startswith((home, "data:", "blob:", "about:")):
            complaints.append(f"{page.url} asked another site: {asked.url}")

    def response(answer: Response) -> None:
        asked_for_page = answer.request.resource_type in ("document", "xhr", "fetch")
        if answer.status >= 500 or (answer.status >= 400 and not asked_for_page):
            complaints.append(f"{answer.url} answered {answer.status}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", request)
    page.on("response", response)
