"""The work of reading grows with the rows and no faster. Calls are counted, not time: they are the same on every machine."""

import sys

from tools.bench.platform_reports import read_and_unite, report


def calls(rows: int) -> int:
    """How often any function is called, of Python and of C."""
    content, counted = report(rows), 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    read_and_unite(content)  # tables of headings and words are read once in a process
    sys.setprofile(count)
    try:
        read_and_unite(content)
    finally:
        sys.setprofile(None)
    return counted


def test_a_row_of_many_takes_no_more_calls_than_one_of_few():
    few, many = calls(60) / 60, calls(900) / 900
    assert many < 1.1 * few
