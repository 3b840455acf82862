"""docs/security.md is whole, and what it names is there."""

import re
from collections import Counter

import pytest

from learning_station.addresses import CHECKOUT

PAGE = (CHECKOUT / "docs" / "security.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = [match.groups() for match in ROW.finditer(PAGE)]
STATES = {"met", "not met", "not tried", "does not apply"}
NAMED = re.compile(
    r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|toml|lock|yml|html|example)|deploy/Caddyfile|Dockerfile|\.dockerignore)(?:::(\w+))?`"
)


def test_the_list_is_whole_in_the_standards_order():
    standard = [
        tuple(line.split())
        for line in (CHECKOUT / "data" / "asvs-5.0.0.txt").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert len(standard) == 253
    assert [row[:2] for row in ROWS] == standard


def test_every_state_is_one_of_four_and_the_sum_is_told():
    states = Counter(row[3] for row in ROWS)
    assert set(states) == STATES
    assert (
        f"{len(ROWS)} requirements: {states['met']} met, {states['not met']} not met, "
        f"{states['not tried']} not tried, {states['does not apply']} do not apply." in PAGE
    )


def test_what_is_met_names_what_shows_it():
    for number, _level, _asked, state, shown in ROWS:
        if state == "met":
            told_below = "below" in shown or "](" in shown
            assert NAMED.search(shown) or told_below, number


@pytest.mark.parametrize("named", sorted({match.groups() for match in NAMED.finditer(PAGE)}, key=str))
def test_what_is_named_is_there(named):
    path, inside = named
    file = CHECKOUT / path
    assert file.is_file()
    if inside:
        assert re.search(rf"^\s*(?:def |class )?{inside}\b", file.read_text(), re.MULTILINE)


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(((?!https:)[^)#]+)\)", PAGE):
        assert (CHECKOUT / "docs" / target).is_file()
