"""`make screens`: ten pages at two widths, in four languages, light and dark, as small pictures in docs/screens.

The demonstration is made in servers of its own and is gone afterwards. What happens in it hangs on the day, so the pictures
differ from one time to the next. With AGAINST=<commit> none of them is taken: comparing.py then looks at others.
"""

import argparse
import base64
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from learning_station.addresses import CHECKOUT
from tools.bench.server import production_server
from tools.local.browser import OPTIONS, chromium
from tools.local.commands import manage
from tools.local.messages import say
from tools.local.throwaway import start_missing_servers

from .comparing import compare
from .pages import WIDTHS, Screen, find, of_docs

FOLDER = CHECKOUT / "docs" / "screens"
TALLEST = 1500
QUALITY = 55
# The one that the README shows, which is read where WebP may be unknown.
PICTURE_OF_README = "catalog"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make screens", description=__doc__)
    parser.add_argument("--against", help="a commit to compare this folder with")
    parser.add_argument("--into", type=Path, help="where the pictures go")
    parser.add_argument("--only", nargs="+", default=(), help="names of the pictures to take")
    options = parser.parse_args()
    if options.against:
        into = options.into or Path(tempfile.mkdtemp(prefix="screens-"))
        return compare(options.against, into, options.only)
    take_those_of_docs(options.into or FOLDER, options.only)
    return 0


def take_those_of_docs(into: Path, only: Sequence[str]) -> None:
    os.environ.update(
        {
            "DEMO": "1",
            "DEBUG": "0",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "learning_station.settings",
        }
    )
    start_missing_servers(with_template=True)
    say("Making a demonstration …")
    manage("migrate")
    manage("demo")
    into.mkdir(parents=True, exist_ok=True)
    chosen = [screen for screen in screens() if not only or screen.name in only]
    with production_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        for screen in chosen:
            for device, width in WIDTHS.items():
                take(browser, f"http://localhost:{server.port}", screen, device, width, into)
        browser.close()
    sizes = [file.stat().st_size for file in into.iterdir()]
    say(f"{len(sizes)} pictures, {sum(sizes) / 1000:,.0f} kB.")


def screens() -> list[Screen]:
    import django

    django.setup()
    return of_docs(find())


def take(browser: Browser, home: str, screen: Screen, device: str, width: int, into: Path) -> None:
    context = browser.new_context(
        base_url=home,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if screen.scheme == "dark" else "light",
        locale=screen.language,
        timezone_id="America/Bogota",
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        if screen.signed_in:
            page.goto("/demo/sign-in/")
            page.locator(f"button[value={screen.signed_in}]").first.click()
        page.goto(screen.path, wait_until="networkidle")
        name = (
            f"{screen.name}-{device}"
            if device == "phone" or screen.name != PICTURE_OF_README
            else screen.name
        )
        write(page, into / name, width, png=name == PICTURE_OF_README)
    finally:
        context.close()


def write(page: Page, file: Path, width: int, *, png: bool) -> None:
    """The upper part of the page. Chromium itself writes WebP, a third of the size of PNG."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    tallest = 860 if png else TALLEST
    page.set_viewport_size({"width": width, "height": min(tall, tallest)})
    page.wait_for_load_state("networkidle")
    if png:
        page.screenshot(path=file.with_suffix(".png"))
        return
    devtools = page.context.new_cdp_session(page)
    shot = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    file.with_suffix(".webp").write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    sys.exit(main())
