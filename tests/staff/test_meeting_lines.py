from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from catalog.models import Meeting
from staff.sessions.meeting_lines import read, same, write

MADRID, TEHRAN = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Tehran")


def errors_of(text: str, zone: ZoneInfo = MADRID) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        read(text, zone)
    return refused.value.messages


def test_a_line_is_read_on_the_clock_of_the_place() -> None:
    [meeting] = read("2026-12-01 10:00–11:30 Who pays | Qui paie | Quién paga", TEHRAN)
    assert meeting.starts_at == datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    assert meeting.ends_at == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert meeting.as_times()[2] == {"en": "Who pays", "fr": "Qui paie", "es": "Quién paga"}


@pytest.mark.parametrize("between", ["-", "–", "—", " - ", " – "])
def test_any_dash_will_do(between: str) -> None:
    [meeting] = read(f"2026-12-01 10:00{between}11:30", MADRID)
    assert (meeting.ends_at - meeting.starts_at).total_seconds() == 90 * 60


def test_lines_are_put_in_order_and_empty_ones_passed_over() -> None:
    lines = read("\n2026-12-02 10:00–11:00 Second\n\n2026-12-01 10:00–11:00 First\n", MADRID)
    assert [meeting.titles[0] for meeting in lines] == ["First", "Second"]
    assert [meeting.number for meeting in lines] == [4, 2]


def test_past_midnight_the_second_day_is_named() -> None:
    [meeting] = read("2026-12-01 22:00–2026-12-02 01:00", MADRID)
    assert (meeting.ends_at - meeting.starts_at).total_seconds() == 3 * 3600
    assert "write the day of its end too" in errors_of("2026-12-01 22:00–01:00")[0]


def test_each_wrong_line_is_named_with_its_number() -> None:
    sentences = errors_of(
        "2026-12-01 10:00–11:30\ntomorrow at ten\n2026-02-30 10:00–11:00\n2026-12-01 10:00–25:00"
    )
    assert [sentence.split(":")[0] for sentence in sentences] == ["Line 2", "Line 3", "Line 4"]
    assert "“tomorrow at ten” is no meeting" in sentences[0]
    assert "There is no such day or time: 2026-02-30 10:00" in sentences[1]


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    [sentence] = errors_of("2027-03-28 02:30–04:00 Spring")
    assert "2027-03-28 02:30 does not exist in Europe/Madrid" in sentence


def test_an_hour_shown_twice_means_the_first() -> None:
    [meeting] = read("2026-10-25 02:30–04:00", MADRID)
    assert meeting.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_meetings_that_overlap_are_named() -> None:
    [sentence] = errors_of("2026-12-01 10:00–11:30\n2026-12-01 11:00–12:00")
    assert sentence == "Line 2: it begins before the meeting of line 1 has ended."


def test_more_titles_than_languages_are_refused() -> None:
    assert "more titles than languages" in errors_of("2026-12-01 10:00–11:30 a | b | c | d")[0]


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01 10:00–11:30",
        "2026-12-01 10:00–11:30 Who pays",
        "2026-12-01 10:00–11:30 Who pays |  | Quién paga",
        "2026-12-01 22:00–2026-12-02 01:00 Late | Tard\n2026-12-03 09:00–10:00",
    ],
)
def test_what_is_written_is_read_back_as_it_was(text: str) -> None:
    lines = read(text, TEHRAN)
    meetings = [
        Meeting(
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            **{f"title_{code}": title for code, title in line.as_times()[2].items()},
        )
        for line in lines
    ]
    assert write(meetings, TEHRAN) == text
    assert same(meetings, read(write(meetings, TEHRAN), TEHRAN))
    assert not same(meetings, read("2026-12-01 10:00–11:31", TEHRAN))
