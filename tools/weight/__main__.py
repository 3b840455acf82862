"""`make weight`: what the first visit of each public page costs, from the production server to a real browser.

Bytes in all include headers and fonts; the line is a slow one; nothing is in the browser's cache.
"""

import argparse
import os
import tempfile
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.server import production_environment, production_server
from tools.local.browser import OPTIONS, chromium
from tools.local.commands import manage
from tools.local.messages import say
from tools.local.throwaway import start_missing_servers

from .measuring import Weight, as_json, weigh

if TYPE_CHECKING:
    from catalog.models import Activity

SESSIONS = 60  # more than a page of the catalog holds
WIDTHS = (390, 1280)
PICTURES = 4  # among the first of the list; the others have drawn covers


def main() -> None:
    parser = argparse.ArgumentParser(prog="make weight", description=__doc__)
    parser.add_argument("--json", action="store_true", help="everything that was measured, for programs")
    parser.add_argument("--details", action="store_true", help="the largest pieces of each page, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(production_environment(Path(folder) / "static"))
        os.environ["SECURE_SSL_REDIRECT"] = "0"  # there is no proxy here that would speak HTTPS
        start_missing_servers(with_template=True)
        manage("collectstatic", "--noinput")
        manage("migrate")
        manage("facts")
        weights = weigh_all(prepared_pages())
    if options.json:
        say(as_json(weights))
    else:
        table(weights, details=options.details)


def prepared_pages() -> list[str]:
    """The pages to weigh, in a station that is filled with something to show."""
    import django

    django.setup()

    from catalog.models import Activity, Session
    from demo.volume import make_volume
    from hubs.models import Host

    make_volume(sessions=SESSIONS, registrations=SESSIONS)
    # The one with the most to tell.
    coming = Activity.objects.filter(published_at__isnull=False, sessions__isnull=False)
    activity = max(coming.distinct(), key=lambda activity: len(activity.description_html))
    first = Session.objects.order_by("listed_at", "id").select_related("activity")[:PICTURES]
    hang_pictures([activity, *(session.activity for session in first)])
    hosts = [Host.objects.filter(kind=kind).order_by("pk")[0] for kind in ("regional_center", "learning_hub")]
    return [
        "/",
        "/activities/",
        activity.get_absolute_url(),
        *(host.get_absolute_url() for host in hosts),
        "/fr/",
        # Another script has a font of its own.
        "/ar/",
        "/ar/activities/",
        f"/ar{activity.get_absolute_url()}",
    ]


def hang_pictures(activities: "list[Activity]") -> None:
    from accounts.models import User
    from demo.activities import give_drawing
    from demo.drawings import DRAWINGS

    by = User.objects.order_by("pk")[0]
    for activity, name in zip(dict.fromkeys(activities), cycle(DRAWINGS), strict=False):
        give_drawing(activity, name, alt={"en": "A drawing of a city"}, by=by)


def weigh_all(pages: list[str]) -> list[Weight]:
    from playwright.sync_api import sync_playwright

    with production_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        home = f"http://localhost:{server.port}"
        weights = [weigh(browser, home, page, width=width) for page in pages for width in WIDTHS]
        browser.close()
    return weights


def table(weights: list[Weight], *, details: bool) -> None:
    say(
        f"{'page':44} {'width':>5} {'in all':>9} {'script':>8} {'fonts':>8} {'requests':>8} {'blocking':>8}"
        f" {'shift':>7}"
    )
    for weight in weights:
        say(
            f"{short(weight.page):44} {weight.width:5} {kilo(weight.bytes):>9} {kilo(weight.script_bytes):>8}"
            f" {kilo(weight.font_bytes):>8} {weight.requests:8} {len(weight.blocking):8} {weight.layout_shift:7.3f}"
        )
        for complaint in weight.complaints + weight.elsewhere:
            say(f"    {complaint}")
        if details:
            for size, path in weight.largest[:9]:
                say(f"    {size:8,} {path}")
            for moved in weight.moved:
                say(f"    moved: {moved}")


def short(page: str) -> str:
    return page if len(page) <= 44 else f"{page[:43]}…"


def kilo(size: int) -> str:
    return f"{size / 1000:.1f} kB"


if __name__ == "__main__":
    main()
