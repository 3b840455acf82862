"""Large reports of platforms against small ones: what one line costs to read and to unite, in the same run."""

import gc
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tools.local.messages import say

FEW, MANY = 100, 3_000
ROUNDS = 7
START = datetime(2026, 11, 24, 10, tzinfo=UTC)
ENDS = START + timedelta(minutes=90)


def compare_platform_reports() -> None:
    few, many = milliseconds_a_row(FEW), milliseconds_a_row(MANY)
    say(
        f"\nA platform's report, read and united: a row of {MANY:,} costs {many / few:.2f} × one of {FEW}"
        f" ({many:.3f} ms and {few:.3f} ms; at most 1.5 is meant)"
    )


def milliseconds_a_row(rows: int) -> float:
    """CPU of the fastest of several rounds: what else the machine does makes the others slower."""
    content = report(rows)
    read_and_unite(content)  # reads the tables of headings and words, once in a process
    return min(seconds(content) for _ in range(ROUNDS)) * 1000 / rows


def seconds(content: bytes) -> float:
    gc.collect()
    began = time.process_time()
    read_and_unite(content)
    return time.process_time() - began


def read_and_unite(content: bytes) -> int:
    from platform_reports.reading import read, united
    from platform_reports.reading.folding import folded

    folded.cache_clear()
    reading = read(content, starts_at=START, ends_at=ENDS, zone=ZoneInfo("UTC"))
    return len(united(reading, starts_at=START, ends_at=ENDS))


def report(rows: int) -> bytes:
    """Of Zoom: two thirds as many people as rows, each third person with a second device and without e-mail there."""
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    people = rows * 2 // 3
    for row in range(rows):
        person, joined = row % people, START + timedelta(seconds=row % 1800)
        email = f"person{person}@example.org" if row < people else ""
        times = ",".join(f"{moment:%m/%d/%Y %I:%M:%S %p}" for moment in (joined, joined + timedelta(hours=1)))
        lines.append(f'"Person {person}, Lisboa",{email},{times},60,Yes')
    return "\n".join(lines).encode()
