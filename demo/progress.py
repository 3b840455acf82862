import sys
from collections.abc import Iterable, Iterator
from typing import TextIO

WIDTH = 30


def progress[Item](label: str, items: Iterable[Item], total: int, out: TextIO = sys.stderr) -> Iterator[Item]:
    """Pass the items through and draw how far we are: a bar on a terminal, a line at the end elsewhere."""
    live = out.isatty()
    step = max(1, total // 200)
    done = 0
    for done, item in enumerate(items, start=1):
        yield item
        if live and (done % step == 0 or done == total):
            filled = WIDTH * done // max(total, 1)
            out.write(f"\r  {label:<28} {'█' * filled}{'·' * (WIDTH - filled)} {done:>7,} of {total:,}")
            out.flush()
    out.write("\n" if live else f"  {label:<28} {done:,}\n")
