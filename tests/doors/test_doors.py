"""Every address of the station, asked for by every role, by GET and by POST: who is let in stands in table.csv.

The addresses are found, not listed: one without a line fails, and so does a line without an address.
"""

import csv
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from catalog.listing import cards
from learning_station import health
from tests.hubs.files import files_in
from tests.made_once import made_once
from tests.quick_visits import draw_nothing, known
from tests.test_open_pages import every_page

from .world import OF_CITIES, OF_PROPOSALS, PARAMETER, ROLES, Address, World, located, made, pressed

GROUPS = {
    "all": set(ROLES),
    "signed-in": set(ROLES) - {"visitor"},
    "proposers": {"owner", "partner"},
    "desk": {"host", "conflict", "other", "reviewer", "reader", "secretary"},
    "hosts": {"host", "conflict", "other"},
    "seoul": {"host", "conflict"},
    "none": set(),
}
# Where who is not let in is led.
DOORS = {"/accounts/login/", "/admin/login/", "/accounts/2fa/"}
# What all may do, or all who are signed in, is asked by these for all the others.
OF_ALL = (GROUPS["none"], GROUPS["signed-in"], GROUPS["all"])
FOR_ALL = {"visitor", "official", "secretary", "bare"}
# Not let in to the desk at all.
OUTSIDE = {"visitor", "official", "bare"}
# What looking may write: that somebody was here.
MARKS = ("django_session", "usersessions_usersession")
# Where the history tells who looked.
NOTED = "focal_points:endorsements"
TABLE = Path(__file__).with_name("table.csv")


@dataclass
class Line:
    """Of the table. `of` says whose thing is asked for, or which; empty for addresses about no one thing."""

    address: str
    of: str
    look: set[str]
    change: set[str]
    why: str


def read_table() -> list[Line]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Line(row["address"], row["of"], roles(row["look"]), roles(row["change"]), row["why"])
            for row in csv.DictReader(file)
        ]


def roles(cell: str) -> set[str]:
    """“desk owner -reviewer” are all of the group, one more, and without one."""
    chosen: set[str] = set()
    for word in cell.split():
        named = GROUPS.get(word.removeprefix("-"), {word.removeprefix("-")})
        chosen = chosen - named if word.startswith("-") else chosen | named
    assert cell
    assert chosen <= set(ROLES), cell
    return chosen


def every_address() -> list[Address]:
    """By name, each once: where two share a name, the first answers. Those without a name by their route."""
    addresses: dict[str, Address] = {}
    for name, route, _view in every_page():
        parameters = {plain or last for plain, last in PARAMETER.findall(route)}
        addresses.setdefault(name or route, Address(name or route, parameters))
    return list(addresses.values())


def lines_of(address: Address, table: list[Line]) -> list[Line]:
    """Its own, or else those of its family."""
    own = [line for line in table if line.address == address.name]
    return own or [line for line in table if fnmatchcase(address.name, line.address)]


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    table, addresses = read_table(), every_address()
    for address in addresses:
        lines = lines_of(address, table)
        assert lines, (
            f"{address.name} has no line in {TABLE.name}: say who may look, who may change, and why."
        )
        whose = [line.of for line in lines]
        assert len(whose) == len(set(whose)), f"{address.name} has two lines: {lines}"
    names = [address.name for address in addresses]
    for line in table:
        assert any(fnmatchcase(name, line.address) for name in names), f"No address is {line.address}."
        assert line.why, line.address


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """Made once. Each question is rolled back, and in the end all of it."""
    with files_in(tmp_path_factory.mktemp("files")), made_once(django_db_blocker):
        yield made()


@pytest.fixture
def undrawn(who: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Who is let in is known before the page is drawn, and drawing costs most of the time: only the reader's pages are,
    who sees everything."""
    if who != "reader":
        draw_nothing(monkeypatch)
    monkeypatch.setattr(
        health, "ask", lambda: {"door": {"status": "well"}}
    )  # it asks with connections of its own
    logging.disable()  # thousands of refusals
    yield
    logging.disable(logging.NOTSET)
    for remembering in (cards.shown_session, cards.shown_past):
        remembering.cache_clear()


@dataclass
class Cell:
    line: Line
    name: str
    page: str
    form: dict[str, Any]  # for POST

    def __str__(self) -> str:
        return f"{self.name} [{self.line.of}]"


def cells_of(who: str, part: str, world: World) -> Iterator[Cell]:
    table = read_table()
    for address in every_address():
        for line in lines_of(address, table):
            if part == part_of(address.name) and is_asked(who, address.name, line):
                yield Cell(
                    line, address.name, located(address, line.of, world), pressed(address, line.of, world)
                )


def part_of(name: str) -> str:
    """What staff do with proposals is asked together with them."""
    if name.startswith(("proposals:", "reviews:")):
        return "proposals"
    return "admin" if name.startswith("admin") else "pages"


def is_asked(who: str, name: str, line: Line) -> bool:
    """Not where somebody else's answer is theirs."""
    of_the_desk = name.startswith("admin")
    if line.of != "draft" and line.look >= GROUPS["signed-in"] and line.change in OF_ALL:
        return who in FOR_ALL
    if part_of(name) == "proposals":
        return True
    if who in OF_PROPOSALS:
        return False
    if who == "other":  # to Seoul's things they are what the host is to Cairo's
        return line.of == "cairo"
    if who == "owner":  # at the desk an official like all others
        return not of_the_desk
    if who in OF_CITIES:  # elsewhere an official like all others
        return name.startswith(("focal_points:", "city_record:"))
    # Whoever is held to no host finds Cairo's things at the desk as they find Seoul's.
    return who == "host" or not of_the_desk or line.of != "cairo"


VISITS = [
    (who, part)
    for who in ROLES
    for part in ("pages", "proposals", "admin")
    if part == "pages" or who not in OF_CITIES
    if part == "proposals" or (who not in OF_PROPOSALS and (who, part) != ("owner", "admin"))
]


def asked_by(who: str, name: str, line: Line) -> Iterator[tuple[str, bool]]:
    """The methods, each with whether they may.

    All look. All who may not change are refused. Of those who may, the first does (what the others do by a form is tried
    where the form is), and so does the reader, who finds steps in lists and may take none. What nobody may change is
    tried by those who find it. Who is not let in to the desk at all is kept out at its one gate, whatever the method.
    """
    yield "get", who in line.look
    if who in OUTSIDE and name.startswith("admin"):
        return
    if who in line.change:
        if who in (next(role for role in ROLES if role in line.change), "reader"):
            yield "post", True
    elif line.change or who in line.look or not line.look:
        yield "post", False


class Visit:
    """Of one person, who finds everything as it was with each question."""

    def __init__(self, person: User | None, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client = known(monkeypatch, person)[0] if person else Client()
        self.start = transaction.savepoint_create()
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(self, cell: Cell, method: str) -> tuple[Any, list[str]]:
        """The answer, and what was written before it came."""
        wrote: list[str] = []
        self.client.cookies = SimpleCookie(self.cookies)
        with connection.execute_wrapper(noting_writes(wrote)):
            answer = getattr(self.client, method)(cell.page, cell.form if method == "post" else None)
            if answer.streaming:
                list(answer.streaming_content)
        if wrote:
            transaction.savepoint_rollback(self.start)
        return answer, [sql for sql in wrote if not any(table in sql[:80] for table in MARKS)]


def noting_writes(wrote: list[str]) -> Callable[..., Any]:
    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            wrote.append(sql[:120])
        return execute(sql, params, many, context)

    return run


def is_let_in(answer: Any) -> bool:
    led_away = answer.status_code == 302 and urlsplit(answer.url).path in DOORS
    assert answer.status_code < 500, answer.request["PATH_INFO"]
    return not led_away and answer.status_code not in (403, 404, 405, 410)


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "part"), VISITS)
def test_each_is_let_in_where_they_belong_and_nowhere_else(
    who: str, part: str, world: World, undrawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit(world.people[who], monkeypatch)
    wrong = []
    cells = list(cells_of(who, part, world))
    assert cells
    for cell in cells:
        for method, may in asked_by(who, cell.name, cell.line):
            answer, wrote = visit.ask(cell, method)
            let_in = is_let_in(answer)
            if let_in != may:
                to = f" to {answer.url}" if answer.status_code in (301, 302) else ""
                wrong.append(
                    f"{method} {cell} {answer.status_code}{to}: {'let in' if let_in else 'refused'}, against the table"
                )
            if who == "reader" and cell.name.startswith("admin:") and method == "post":
                # They change nothing, whatever they choose; that they took a file with them is noted.
                wrote, may = [sql for sql in wrote if "auditlog_logentry" not in sql], False
            if cell.name == NOTED and method == "get" and may:
                wrote = [sql for sql in wrote if "auditlog_logentry" not in sql]
            if wrote and (method == "get" or not may):
                wrong.append(f"{method} {cell} {answer.status_code} wrote {wrote[0]}")
    assert not wrong, "\n".join(wrong)
