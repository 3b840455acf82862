"""What cannot be read is refused with what it is, the line, and what to do instead."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from platform_reports.reading import CannotRead, read, read_list

ZONE = ZoneInfo("UTC")
MEETING = {
    "starts_at": datetime(2026, 11, 24, 10, tzinfo=UTC),
    "ends_at": datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
}
ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"


def refusal(content: bytes) -> CannotRead:
    with pytest.raises(CannotRead) as caught:
        read(content, zone=ZONE, **MEETING)
    return caught.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text file"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1", "no text file"),
        (b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        (b"\xef\xbb\xbf  <html><body>Sign in</body></html>", "web page"),
        (b"<table><tr><td>Name</td></tr></table>", "web page"),
        (b"", "empty"),
        (b"  \r\n\t\r\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (
            b"Dear colleagues,\n\nI was there from 10:00 to 11:00, and so was Ana.\n",
            "begins with “Dear colleagues”",
        ),
        (b'{"participants": [{"name": "Ana", "join_time": "2026-11-24T10:00:00Z"}]}', "No table of people"),
        (ZOOM.encode() + b"Ana,,2026-11-24 10:00,2026-11-24 11:00,60\n" * 5000, "more than 5,000 rows"),
        (b"Name,Email\n" + b"x" * 2 * 1024 * 1024, "larger than 2 MB"),
        (b"Name,Email\n" + b"x," * 6000, "more than 10,000 characters"),
        (
            b"Topic,Meeting ID,User Name,User Email,Creation Time,Start Time,End Time,Duration (Minutes),Participants\n"
            b"Trees,812 3456,Desk,desk@example.org,11/20/2026 10:00,11/24/2026 10:00,11/24/2026 11:00,60,12\n",
            "lists meetings",
        ),
        (
            b"First Name,Last Name,Email,Registration Time,Approval Status\n"
            b'Ana,Silva,ana@example.org,"Nov 20, 2026 10:00:00",approved\n',
            "who registered",
        ),
    ],
)
def test_it_says_what_the_file_is(content, words):
    refused = refusal(content)
    assert words in refused.sentence
    assert refused.line is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Ben,,soon,2026-11-24 11:00,60", "“soon” stands where a date and a time are expected"),
        ("Ben,,2026-11-24 10:00,60,yes", "“60” stands where"),
        ("Ben,,2026-13-24 10:00,2026-11-24 11:00,60", "“2026-13-24 10:00” does not exist"),
        ("Ben,,2026-11-31 10:00,2026-11-31 11:00,60", "“2026-11-31 10:00” does not exist"),
        ("Ben,,24/11/2026 10:00,24/11/2026 11:00,60", "another order"),
        ("Ben,,2026-11-24 11:00,2026-11-24 10:00,60", "ends (“2026-11-24 10:00”) before it begins"),
        ("Silva, Ana,ana@example.org,2026-11-24 10:00,2026-11-24 11:00,60", "“ana@example.org” stands where"),
    ],
)
def test_it_says_where_it_stopped_and_why(row, words):
    refused = refusal(f"{ZOOM}Ana,,2026-11-24 10:00,2026-11-24 11:00,60\n\n{row}\n".encode())
    assert refused.line == 4
    assert words in refused.sentence
    assert "4" in refused.sentence


def test_what_stands_there_is_shown_in_short():
    assert len(refusal(f"{ZOOM}Ben,,{'x' * 500},2026-11-24 11:00,60\n".encode()).sentence) < 150


def test_sentences_are_in_the_readers_language():
    refused = refusal(f"{ZOOM}Ben,,soon,2026-11-24 11:00,60\n".encode())
    with override("fr"):
        assert refused.sentence.startswith("Ligne 2")


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "no name and no address", None),
        (" \n ; , \n", "no name and no address", None),
        (
            "Ana Silva\nDear colleagues, I am sending you below the list of all who were there today, as was agreed",
            "Line 2",
            2,
        ),
        ("x" * (2 * 1024 * 1024 + 1), "longer than 2 MB", None),
        ("Ana\n" * 5001, "more than 5,000 rows", None),
    ],
)
def test_lists_are_refused_too(text, words, line):
    with pytest.raises(CannotRead) as caught:
        read_list(text, zone=ZONE, **MEETING)
    assert words in caught.value.sentence
    assert caught.value.line == line
