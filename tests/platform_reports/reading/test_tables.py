"""How a file is cut: encodings, separators, quotation marks, parts one below another."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from platform_reports.reading import CannotRead, Kind, Platform, read, united

ZONE = ZoneInfo("UTC")
MEETING = {
    "starts_at": datetime(2026, 11, 24, 10, tzinfo=UTC),
    "ends_at": datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
}
HEADINGS = "Name (Original Name),User Email,Join Time,Leave Time"
TIMES = "2026-11-24 10:00,2026-11-24 10:30"


def reading(text: str, encoding: str = "utf-8"):
    return read(text.encode(encoding), zone=ZONE, **MEETING)


def names(text: str) -> list[tuple[int, str]]:
    return [(entry.line, entry.name) for entry in reading(text).entries]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator, line_end):
    text = line_end.join([HEADINGS, f"Ana,ana@example.org,{TIMES}", "", f"Ben,,{TIMES}"]).replace(
        ",", separator
    )
    assert names(text) == [(2, "Ana"), (4, "Ben")]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('"Silva, Ana"', "Silva, Ana"),
        ('"Ana ""Nana"" Silva"', 'Ana "Nana" Silva'),
        ('"Ana\nSilva"', "Ana Silva"),
        ('Ana "Nana" Silva', 'Ana "Nana" Silva'),
        ('"Ana', "Ana"),
        ('Ana 5"', "Ana 5"),
        ("  Ana\u00a0 Silva\u200f ", "Ana Silva"),
        ("=1+1", "=1+1"),
        ("@ana", "@ana"),
        ("Ana (Host)", "Ana"),
        ("Ana（호스트）", "Ana"),
        ("Ana (Silva) (Host)", "Ana"),
        ("(Ana)", "(Ana)"),
    ],
)
def test_names_in_cells(cell, name):
    entries = reading(f"{HEADINGS}\n{cell},,{TIMES}\nBen,,{TIMES}\n").entries
    assert [entry.name for entry in entries] == [name, "Ben"]


def test_a_mark_that_nobody_closed_swallows_no_line():
    text = "\n".join(
        [HEADINGS, f'"Ana,,{TIMES}', *(f"Person {n},,{TIMES}" for n in range(9)), f'"Zoe,,{TIMES}']
    )
    assert len(reading(text).entries) == 11


def test_a_line_that_tells_the_separator_is_none_of_the_table():
    assert names(f"sep=;\n{HEADINGS}\nAna,,{TIMES}".replace(",", ";")) == [(3, "Ana")]


def test_facts_of_the_meeting_above_are_no_person_and_tell_the_day():
    text = (
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
        "812,Trees,11/24/2026 09:58:10 AM,11/24/2026 11:41:02 AM,desk@example.org,103,1\n\n"
        "Name (Original Name),User Email,Total Duration (Minutes),Guest\nAna,ana@example.org,60,No\n"
    )
    found = reading(text)
    assert (found.kind, found.has_times) == (Kind.LENGTHS, False)
    assert [(entry.name, entry.minutes) for entry in found.entries] == [("Ana", 60)]
    assert [day.isoformat() for day in found.days] == ["2026-11-24"]
    assert found.is_of(**MEETING)
    later = {name: moment.replace(day=25) for name, moment in MEETING.items()}
    assert not found.is_of(**later)


def test_the_third_section_of_teams_tells_the_times_and_nobody_is_counted_twice():
    text = "\n".join(
        [
            "1. Summary",
            "Meeting title\tTrees",
            "",
            "2. Participants",
            "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
            "Ana\t11/24/26, 10:00:00 AM\t11/24/26, 11:00:00 AM\t40m\tana@example.org\tana@example.org\tPresenter",
            "Cut Off\t11/24/26, 10:00:00 AM\t11/24/26, 10:10:00 AM\t10m\t\t\tPresenter",
            "",
            "3. In-Meeting Activities",
            "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
            "Ana\t11/24/26, 10:00:00 AM\t11/24/26, 10:20:00 AM\t20m\tana@example.org\tPresenter",
            "Ana\t11/24/26, 10:40:00 AM\t11/24/26, 11:00:00 AM\t20m\tana@example.org\tPresenter",
            "",
            "4. Meeting Engagement",
            "Name\tRole\tEngagement type\tTime",
            "Ana\tPresenter\tRaised hand\t11/24/26, 10:05:00 AM",
        ]
    )
    found = reading(text, "utf-16")
    assert (found.platform, found.kind) == (Platform.TEAMS, Kind.JOINS)
    assert [(person.name, person.minutes, len(person.spans)) for person in united(found, **MEETING)] == [
        ("Cut Off", 10, 1),
        ("Ana", 40, 2),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "Name (Original Name),User Email,Wejście,Wyjście,Duration (Minutes)",
        "Name (Original Name),User Email,Join Time,Wyjście,Duration (Minutes)",
        "Osoba,User Email,Join Time,Leave Time,Duration (Minutes)",
        "Osoba,Poczta,Wejście,Wyjście,Minuty",
    ],
)
def test_a_heading_that_nobody_knows_is_told_by_what_stands_below(headings):
    found = reading(f"{headings}\nAna,ana@example.org,{TIMES},30\nBen,,{TIMES},30")
    assert [(entry.name, entry.email) for entry in found.entries] == [("Ana", "ana@example.org"), ("Ben", "")]
    assert [person.minutes for person in united(found, **MEETING)] == [30, 30]
    assert found.by_content


def test_nobody_is_lost_under_headings_that_nobody_knows():
    found = reading("Osoba,User Email,Duration (Minutes)\nAna,ana@example.org,30\nBen,,45\n")
    assert [(entry.name, entry.minutes) for entry in found.entries] == [("Ana", 30), ("Ben", 45)]
    found = reading(f"Osoba,Poczta,Wejście,Wyjście\nAna,ana@example.org,{TIMES}\nBen,,,\nCarla,,{TIMES}")
    assert [person.minutes for person in united(found, **MEETING)] == [30, None, 30]


def test_a_line_that_does_not_fit_is_refused_under_them_too():
    rows = "\n".join(f"Person {n},,{TIMES}" for n in range(9))
    with pytest.raises(CannotRead) as caught:
        reading(f"Osoba,Poczta,Wejście,Wyjście\n{rows}\nBen,,yesterday,today")
    assert caught.value.line == 11


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (f"{HEADINGS}\nAna,,{TIMES}", "utf-16-le", "utf-16-le"),
        (f"{HEADINGS}\nAna,,{TIMES}", "utf-16-be", "utf-16-be"),
        (f"{HEADINGS}\nJosé Núñez,,{TIMES}", "cp1252", "cp1252"),
        (f"{HEADINGS}\nŁukasz Wójcik,,{TIMES}", "cp1250", "cp1250"),
        (f"{HEADINGS}\nÇağrı Şahin,,{TIMES}", "cp1254", "cp1254"),
        (f"{HEADINGS}\n김서연,,{TIMES}", "cp949", "cp949"),
        (f"{HEADINGS}\n佐藤 花子,,{TIMES}", "cp932", "cp932"),
        (f"{HEADINGS}\n李雷,,{TIMES}\n韩梅梅,,{TIMES}", "gb18030", "gb18030"),
        (f"{HEADINGS}\n陳美玲,,{TIMES}", "cp950", "cp950"),
        (f"{HEADINGS}\nОльга Соколова,,{TIMES}", "cp1251", "cp1251"),
        (f"{HEADINGS}\nليلى منصور,,{TIMES}", "cp1256", "cp1256"),
    ],
)
def test_encodings_are_found(text, encoding, said):
    found = reading(text, encoding)
    assert found.encoding == said
    assert found.entries[0].name == text.split("\n")[1].split(",")[0]


def test_facts_of_the_meeting_beside_each_person_are_not_theirs():
    """As Zoom writes several meetings into one file: the host has a name, an e-mail and a length in the same line."""
    text = (
        "Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants,"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        "Trees,812,desk@example.org,desk@example.org,2026-11-24 09:50,2026-11-24 11:40,110,2,"
        "Ana,,2026-11-24 10:00,2026-11-24 10:30,30,Yes\n"
    )
    found = reading(text)
    assert [(entry.name, entry.email) for entry in found.entries] == [("Ana", "")]
    assert [person.minutes for person in united(found, **MEETING)] == [30]


def test_a_name_that_is_an_address_is_known_as_one():
    assert [entry.email for entry in reading(f"{HEADINGS}\nAna@Example.org,,{TIMES}").entries] == [
        "ana@example.org"
    ]


def test_google_meet_is_read_as_another_platform():
    found = reading(
        "First name,Last name,Email,Duration,Time joined,Time exited\nAna,Silva,,30 min,10:05 AM,10:35 AM\n"
    )
    assert (found.platform, found.entries[0].name) == (Platform.OTHER, "Ana Silva")
    assert [person.minutes for person in united(found, **MEETING)] == [30]
