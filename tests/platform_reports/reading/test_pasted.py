"""Pasted: names, addresses, both, and rows copied out of a report."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from platform_reports.reading import Kind, Platform, read, read_list, united

ZONE = ZoneInfo("UTC")
MEETING = {
    "starts_at": datetime(2026, 11, 24, 10, tzinfo=UTC),
    "ends_at": datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
}


def pasted(text: str):
    return read_list(text, zone=ZONE, **MEETING)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Silva", [("Ana Silva", "")]),
        ("Ana.Silva@Example.org", [("", "ana.silva@example.org")]),
        ("Ana Silva <ana@example.org>", [("Ana Silva", "ana@example.org")]),
        ('"Silva, Ana" <ana@example.org>', [("Silva, Ana", "ana@example.org")]),
        ("Ana Silva (ana@example.org)", [("Ana Silva", "ana@example.org")]),
        ("Ana Silva;ana@example.org", [("Ana Silva", "ana@example.org")]),
        ("Ana Silva\tana@example.org", [("Ana Silva", "ana@example.org")]),
        ("ana@example.org, Ana Silva", [("Ana Silva", "ana@example.org")]),
        ("Ana <mailto:ana@example.org>", [("Ana", "ana@example.org")]),
        ("1. Ana\n2) Ben\n- Carla\n• Dina", [("Ana", ""), ("Ben", ""), ("Carla", ""), ("Dina", "")]),
        (
            "Ana Silva <ana@example.org>; Ben <ben@example.org>, carla@example.org",
            [("Ana Silva", "ana@example.org"), ("Ben", "ben@example.org"), ("", "carla@example.org")],
        ),
        ("\ufeffAna\r\n\r\n\u202b김서연\u202c\r\n", [("Ana", ""), ("김서연", "")]),
        ("=HYPERLINK(1)", [("=HYPERLINK(1", "")]),
        ("+49 170 1234567", [("+49 170 1234567", "")]),
        ("Name\tEmail\nAna Silva\tana@example.org\nBen\t", [("Ana Silva", "ana@example.org"), ("Ben", "")]),
        ("Prénom;Nom de famille;Adresse e-mail\nZoé;Roy;zoe@example.fr", [("Zoé Roy", "zoe@example.fr")]),
    ],
)
def test_a_list_of_names_and_addresses(text, people):
    reading = pasted(text)
    assert (reading.platform, reading.kind, reading.has_times) == (Platform.LIST, Kind.NAMES, False)
    assert [(entry.name, entry.email) for entry in reading.entries] == people
    assert [person.minutes for person in united(reading, **MEETING)] == [None] * len(people)
    assert reading.is_of(**MEETING)


ROWS = """\
Name (Original Name)\tUser Email\tJoin Time\tLeave Time\tDuration (Minutes)
Ana\tana@example.org\t24/11/2026 10:00\t24/11/2026 11:00\t60
Ana\t\t24/11/2026 10:30\t24/11/2026 11:15\t45
"""


def test_rows_copied_from_a_spreadsheet_are_read_like_the_file():
    copied, file = pasted(ROWS), read(ROWS.encode(), zone=ZONE, **MEETING)
    assert (copied.platform, copied.kind, copied.entries) == (file.platform, file.kind, file.entries)
    assert [person.minutes for person in united(copied, **MEETING)] == [75]


def test_rows_copied_without_their_headings_are_read_too():
    reading = pasted(ROWS.partition("\n")[2])
    assert reading.by_content
    assert [(person.name, person.email, person.minutes) for person in united(reading, **MEETING)] == [
        ("Ana", "ana@example.org", 75)
    ]
