"""`make bench-tests AGAINST=<commit>`: how long the tests take here and at another commit, by turns in one run.

Measured are the time until the first result of one file, and with `--suite` the whole suite. Each side has a checkout of its
own in a temporary folder, set up before, and its database made before: what a person waits for who runs tests again.
Ratios travel from machine to machine; seconds do not, and both are longer while the machine does anything else.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tools.checkouts import checkout, python_of, set_up
from tools.local.messages import say

FILE = "tests/registrations/test_register.py"
SUITE = ("--numprocesses=auto", "--maxprocesses=8", "--dist=loadfile")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench-tests", description=__doc__)
    parser.add_argument("against", help="the commit to compare with")
    parser.add_argument(
        "--file", default=FILE, help="whose first result is waited for; it is in both commits"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--suite", action="store_true", help="run the whole suite, too")
    options = parser.parse_args()
    with checkout(options.against) as before, checkout("HEAD") as now:
        sides = {options.against: before, "here": now}
        for name, folder in sides.items():
            say(f"Setting up {name} …")
            set_up(folder)
            first_result(folder, options.file)
        tell(
            "First result of one file",
            by_turns(sides, options.runs, lambda folder: first_result(folder, options.file)),
        )
        if options.suite:
            tell("The whole suite", by_turns(sides, options.runs, whole_suite))
    return 0


def by_turns(sides: dict[str, Path], runs: int, measure: Callable[[Path], float]) -> dict[str, list[float]]:
    """Seconds of each run. By turns, so that what else the machine does meets both alike."""
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, folder in sides.items():
            seconds[name].append(measure(folder))
    return seconds


def first_result(folder: Path, file: str) -> float:
    """Seconds from the call of pytest to its first dot."""
    began = time.monotonic()
    with run(folder, "-v", "-n0", file) as pytest:
        assert pytest.stdout
        for line in pytest.stdout:
            if " PASSED " in line or line.rstrip().endswith("%]"):
                seconds = time.monotonic() - began
                pytest.terminate()
                pytest.wait()
                return seconds
        raise SystemExit(f"No test of {file} passed in {folder}.")


def whole_suite(folder: Path) -> float:
    began = time.monotonic()
    with run(folder, "-q", *SUITE) as pytest:
        output, _ = pytest.communicate()
    if pytest.returncode:
        raise SystemExit(f"The suite failed in {folder}:\n{output[-3000:]}")
    return time.monotonic() - began


def run(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    others = {
        name: value
        for name, value in os.environ.items()
        if name not in {"STATION_VAR", "DATABASE_URL", "REDIS_URL"}
    }
    return subprocess.Popen(
        [python_of(folder), "-m", "pytest", *arguments],
        cwd=folder,
        env=others | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def tell(what: str, seconds: dict[str, list[float]]) -> None:
    say(f"\n{what}, seconds")
    for name, runs in seconds.items():
        say(f"  {name:12} {median(runs):8.1f}   ({', '.join(f'{each:.1f}' for each in runs)})")
    before, now = (median(runs) for runs in seconds.values())
    say(f"  ratio        {now / before:8.2f}")


if __name__ == "__main__":
    sys.exit(main())
