"""`make screens AGAINST=<commit>`: the same pages of that commit and of this folder, compared pixel by pixel.

That commit gets a checkout of its own and makes one demonstration; both sides show copies of it, at the same moment, so that
pictures differ only by what the code draws. This folder is taken as it lies, committed or not.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from PIL import Image
from playwright.sync_api import sync_playwright

from learning_station.addresses import CHECKOUT, DATABASE_NAME
from tools.checkouts import checkout, python_of, set_up
from tools.local import migrated, ports, processes
from tools.local.browser import OPTIONS, chromium
from tools.local.messages import CannotStart, say, step
from tools.local.throwaway import TEMPLATE, start_missing_servers

from . import fixed_clock, pages
from .differences import Difference, counted, differing, shown, table
from .photographing import photograph

# What changes while a page comes would be drawn over what is there, and leave other edges than one that is drawn at once.
EXACT = ("--disable-partial-raster", "--disable-checker-imaging", "--disable-threaded-animation")
BEFORE, HERE, DIFFERENCES = "before", "here", "differences"


@dataclass(frozen=True)
class Side:
    """A checkout with a database, a cache and uploaded files of its own."""

    name: str
    folder: Path
    database: str
    cache: int
    uploads: Path

    @property
    def environment(self) -> dict[str, str]:
        station = {name: value for name, value in os.environ.items() if name not in {"STATION_VAR", TEMPLATE}}
        return station | {
            "DATABASE_URL": url_of(self.database),
            "REDIS_URL": f"{os.environ['REDIS_URL']}?db={self.cache}",
            "MEDIA_ROOT": str(self.uploads / "media"),
            "PRIVATE_ROOT": str(self.uploads / "private"),
            "PYTHONPATH": str(self.folder),
        }

    def command(self, *arguments: str) -> list[str | Path]:
        return [python_of(self.folder), "-P", Path(fixed_clock.__file__), *arguments]

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            self.command("manage", *arguments),
            cwd=self.folder,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def compare(against: str, into: Path, only: Sequence[str] = ()) -> int:
    """1 if a page is missing, else 0: whether a difference is meant, a person says."""
    if into.resolve().is_relative_to(CHECKOUT):
        raise SystemExit(f"{into} lies in this checkout; pictures to compare go elsewhere (--into).")
    os.environ.update(
        {
            "DEMO": "1",
            "DEBUG": "0",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "learning_station.settings",
        }
    )
    start_missing_servers(with_template=True)
    for name in (BEFORE, HERE, DIFFERENCES):
        shutil.rmtree(into / name, ignore_errors=True)
    with checkout(against) as folder, tempfile.TemporaryDirectory() as uploads:
        with step(f"Setting up {against}"):
            set_up(folder)
        before = Side(BEFORE, folder, database="before", cache=0, uploads=Path(uploads) / BEFORE)
        here = Side(HERE, CHECKOUT, database="here", cache=1, uploads=Path(uploads) / HERE)
        make_demonstration(before, copy=here)
        screens = [screen for screen in pages_to_compare(here) if not only or screen.name in only]
        with step("Taking the pictures of both"):
            missing = pictures_of((before, here), screens, into)
    taken = [file.stem for file in sorted((into / HERE).glob("*.png")) if file.stem not in missing]
    say(table([compare_picture(name, into) for name in taken], missing))
    say(f"The pictures are in {into}.")
    return 1 if missing else 0


def make_demonstration(side: Side, *, copy: Side) -> None:
    """One demonstration, made by the commit before; this folder's migrations then follow on a copy of it."""
    alike = migrated.fingerprint(side.folder) == migrated.fingerprint()
    create_database(side.database, os.environ[TEMPLATE] if alike else "template1")
    with step("Making one demonstration for both"):
        side.manage("migrate", "--no-input")
        side.manage("demo")
    create_database(copy.database, side.database)
    for kind in ("media", "private"):
        (side.uploads / kind).mkdir(parents=True, exist_ok=True)
    shutil.copytree(side.uploads, copy.uploads)
    copy.manage("migrate", "--no-input")


def create_database(name: str, template: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def url_of(database: str) -> str:
    return os.environ["DATABASE_URL"].removesuffix(DATABASE_NAME) + database


def pages_to_compare(side: Side) -> list[pages.Screen]:
    import django
    from django.conf import settings

    django.setup()
    settings.DATABASES["default"]["NAME"] = side.database
    found = pages.find()
    return pages.compared(found)


def pictures_of(sides: Sequence[Side], screens: Sequence[pages.Screen], into: Path) -> dict[str, str]:
    """Of all sides at the same time; what could not be taken, and why."""

    def take(side: Side, home: str) -> dict[str, str]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=[*OPTIONS, *EXACT])
            missing = photograph(browser, home, screens, into / side.name)
            browser.close()
        return missing

    with ExitStack() as servers, ThreadPoolExecutor(len(sides)) as pool:
        # Started here, in the first thread: a process ends with the thread that started it.
        homes = [servers.enter_context(serving(side)) for side in sides]
        return {name: why for missing in pool.map(take, sides, homes) for name, why in missing.items()}


@contextmanager
def serving(side: Side) -> Iterator[str]:
    port = ports.free_port()
    with tempfile.TemporaryFile() as log:
        server = processes.start(
            side.command("serve", str(port)), log=log, env=side.environment, cwd=side.folder
        )
        try:
            if not processes.until(lambda: ports.answers("127.0.0.1", port, "/health/"), server):
                log.seek(0)
                raise CannotStart(log.read().decode()[-3000:])
            yield f"http://localhost:{port}"
        finally:
            processes.stop(server)


def compare_picture(name: str, into: Path) -> Difference:
    with (
        Image.open(into / BEFORE / f"{name}.png") as before,
        Image.open(into / HERE / f"{name}.png") as here,
    ):
        mask = differing(before, here)
        difference = counted(name, mask)
        if difference.pixels:
            (into / DIFFERENCES).mkdir(exist_ok=True)
            shown(here, mask).save(into / DIFFERENCES / f"{name}.png")
    return difference
