"""A whole page as a picture that hangs on the page alone: its fonts are there, nothing moves, the clock stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route

from .fixed_clock import MOMENT
from .pages import WIDTHS, Screen

# Language and scheme of each of the three looks.
LOOKS = {"light": ("en", "light"), "dark": ("en", "dark"), "right-to-left": ("ar", "light")}

OPTIONAL_FONT = re.compile(r"font-display:\s*(optional|swap)")
ALL_IS_THERE = """
async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
  await document.fonts.ready;
}
"""


def photograph(browser: Browser, home: str, screens: Sequence[Screen], into: Path) -> dict[str, str]:
    """Write each screen in each look and width as PNG; what could not be taken, and why."""
    into.mkdir(parents=True, exist_ok=True)
    missing: dict[str, str] = {}
    for look, (language, scheme) in LOOKS.items():
        for person in dict.fromkeys(screen.signed_in for screen in screens):
            with visitor(browser, home, language, scheme, person) as page:
                for screen in screens:
                    if screen.signed_in == person:
                        address = Screen(screen.name, screen.address, language).path
                        names = {device: f"{screen.name}-{device}-{look}" for device in WIDTHS}
                        if why := take(page, address, {each: into / f"{names[each]}.png" for each in names}):
                            missing |= dict.fromkeys(names.values(), why)
    return missing


@contextmanager
def visitor(browser: Browser, home: str, language: str, scheme: str, person: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=home,
        viewport={"width": max(WIDTHS.values()), "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=language,
        timezone_id="America/Bogota",
        reduced_motion="reduce",
    )
    try:
        wait_for_fonts(context)
        page = context.new_page()
        page.clock.set_fixed_time(MOMENT)
        if person:
            page.goto("/demo/sign-in/")
            page.locator(f"button[value={person}]").first.click()
            page.wait_for_load_state()
        yield page
    finally:
        context.close()


def wait_for_fonts(context: BrowserContext) -> None:
    """A font that comes late is for the next page there; here it is waited for, so that both sides have it."""

    def blocking(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=OPTIONAL_FONT.sub("font-display:block", answer.text()))

    context.route("**/*.css", blocking)


def take(page: Page, address: str, files: Mapping[str, Path]) -> str:
    """Empty when the pictures are taken, else why they are not."""
    answer = page.goto(address)
    if not answer or answer.status != 200:
        return f"{address} answered {answer.status if answer else 'nothing'}"
    page.evaluate(ALL_IS_THERE)
    # The wide one first: the browser keeps pictures that are large enough, so no other is on its way.
    for device in sorted(files, key=lambda device: -WIDTHS[device]):
        page.set_viewport_size({"width": WIDTHS[device], "height": 900})
        page.screenshot(path=files[device], full_page=True, animations="disabled", caret="hide")
    return ""
