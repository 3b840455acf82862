"""One table of time zones for the whole station: the pinned package's, whatever the machine has."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import pytest

WEEKS = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(weeks=week) for week in range(4 * 52)]


def pinned(name: str) -> ZoneInfo:
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def test_every_zone_is_the_pinned_packages_from_2026_to_2029():
    differing = {
        name
        for name in available_timezones()
        for zone, there in [(ZoneInfo(name), pinned(name))]
        if any(week.astimezone(zone).utcoffset() != week.astimezone(there).utcoffset() for week in WEEKS)
    }
    assert differing == set()


@pytest.mark.parametrize("loaded", ["learning_station", "learning_station.celery"])
def test_another_table_on_the_machine_is_not_read_by_what_starts_the_station(tmp_path, loaded):
    """A machine that believes Seoul keeps UTC, and a library that has asked it before us."""
    (tmp_path / "Asia").mkdir()
    false = resources.files("tzdata").joinpath("zoneinfo", "UTC").read_bytes()
    (tmp_path / "Asia" / "Seoul").write_bytes(false)
    program = (
        "from datetime import datetime; from zoneinfo import ZoneInfo;"
        "hours = lambda: ZoneInfo('Asia/Seoul').utcoffset(datetime(2026, 12, 1)).seconds // 3600;"
        f"before = hours(); import {loaded}; print(before, hours())"
    )
    completed = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert completed.stdout.split() == ["0", "9"]
