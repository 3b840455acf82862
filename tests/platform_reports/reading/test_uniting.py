"""Devices of one person are one; namesakes are not; minutes are those of the meeting, once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from platform_reports.reading import Entry, Kind, Platform, Reading, folded, united

START = datetime(2026, 11, 24, 10, tzinfo=UTC)
MEETING = {"starts_at": START, "ends_at": START + timedelta(minutes=90)}


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def there(*entries: Entry):
    reading = Reading(Platform.ZOOM, Kind.JOINS, "utf-8", ZoneInfo("UTC"), entries)
    return united(reading, **MEETING)


def minutes(*spans: tuple[float, float]) -> int | None:
    (person,) = there(
        *(Entry(line, "Ana", "", at(start), at(end)) for line, (start, end) in enumerate(spans))
    )
    return person.minutes


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 90)], 90),
        ([(-10, 100)], 90),
        ([(-20, -5)], 0),
        ([(95, 100)], 0),
        ([(-5, 0)], 0),
        ([(10, 40), (30, 60)], 50),
        ([(10, 60), (20, 30)], 50),
        ([(10, 20), (20, 30)], 20),
        ([(10, 20), (40, 50)], 20),
        ([(40, 50), (10, 20), (10, 20)], 20),
        ([(0, 10.5), (20, 30.4)], 20),
        ([(0, 10.5), (20, 30.5)], 21),
        ([(5, 5)], 0),
    ],
)
def test_minutes_are_the_union_within_the_meeting(spans, expected):
    assert minutes(*spans) == expected


def test_spans_are_merged_in_order_and_clipped():
    (ana,) = there(
        Entry(2, "Ana", "", at(60), at(95)),
        Entry(3, "Ana", "", at(-5), at(20)),
        Entry(4, "Ana", "", at(15), at(25)),
    )
    assert ana.spans == ((at(0), at(25)), (at(60), at(90)))
    assert ana.lines == (2, 3, 4)


def test_one_email_is_one_person_whatever_the_names():
    (ana,) = there(
        Entry(2, "Ana Silva", "ana@example.org", at(0), at(10)),
        Entry(3, "iPad", "ana@example.org", at(5), at(20), original_name="Ana S."),
    )
    assert (ana.name, ana.other_names, ana.minutes) == ("Ana Silva", ("iPad", "Ana S."), 20)


def test_one_name_with_one_email_among_its_lines_is_one_person():
    (ana,) = there(
        Entry(2, "ANA SILVA", "", at(0), at(10)),
        Entry(3, "Ana Silva (Lisboa)", "ana@example.org", at(10), at(20)),
        Entry(4, "Silva, Ana", "", at(20), at(30)),
    )
    assert (ana.email, ana.minutes) == ("ana@example.org", 30)


def test_a_device_named_otherwise_is_found_by_the_name_it_had():
    (ana,) = there(
        Entry(2, "Ana Silva", "ana@example.org", at(0), at(10)),
        Entry(3, "Phone", "", at(10), at(20), original_name="Ana Silva"),
    )
    assert (ana.email, ana.minutes) == ("ana@example.org", 20)


def test_who_had_one_device_name_before_are_not_one_for_that():
    people = there(
        Entry(2, "Ana", "ana@example.org", at(0), at(10), original_name="iPhone"),
        Entry(3, "Ben", "", at(0), at(20), original_name="iPhone"),
        Entry(4, "Carla", "", at(0), at(30), original_name="iPhone"),
    )
    assert [person.minutes for person in people] == [10, 20, 30]


def test_a_name_before_is_found_without_any_email():
    (ana,) = there(
        Entry(2, "Phone", "", at(0), at(10), original_name="Ana"), Entry(3, "Ana", "", at(10), at(20))
    )
    assert ana.minutes == 20


def test_namesakes_with_two_emails_are_two_and_a_third_line_is_neither():
    people = there(
        Entry(2, "Ana Silva", "ana@example.org", at(0), at(10)),
        Entry(3, "Ana Silva", "ana@example.com", at(0), at(20)),
        Entry(4, "Ana Silva", "", at(0), at(30)),
    )
    assert [(person.email, person.minutes) for person in people] == [
        ("ana@example.org", 10),
        ("ana@example.com", 20),
        ("", 30),
    ]


def test_lines_without_name_and_email_are_each_somebody():
    assert len(there(Entry(2, "", "", at(0), at(10)), Entry(3, "", "", at(0), at(10)))) == 2


def test_names_that_fold_to_nothing_stay_apart():
    assert [person.name for person in there(Entry(2, "🙂", minutes=5), Entry(3, "★", minutes=6))] == [
        "🙂",
        "★",
    ]


def test_what_is_unknown_stays_unknown():
    (ana,) = there(Entry(2, "Ana"))
    assert (ana.minutes, ana.spans) == (None, ())


def test_who_never_left_was_there_for_nobody_knows_how_long():
    (ana,) = there(Entry(2, "Ana", "", at(0), at(10)), Entry(3, "Ana", "", at(20), None))
    assert (ana.minutes, ana.spans) == (None, ((at(0), at(10)),))


def test_who_never_left_but_was_there_all_the_time_was_there_all_the_time():
    (ana,) = there(Entry(2, "Ana", "", at(-5), at(95)), Entry(3, "Ana", "", at(20), None))
    assert ana.minutes == 90


def test_lengths_without_times_are_added_up_to_the_meeting():
    assert [person.minutes for person in there(Entry(2, "Ana", minutes=50), Entry(3, "Ana", minutes=60))] == [
        90
    ]


def test_a_length_shorter_than_first_to_last_counts_and_gives_no_span():
    (ana,) = there(Entry(2, "Ana", "", at(0), at(80), minutes=30))
    assert (ana.minutes, ana.spans) == (30, ())


def test_no_more_of_it_counts_than_lies_within_the_meeting():
    (ana,) = there(Entry(2, "Ana", "", at(-60), at(20), minutes=50))
    assert ana.minutes == 20


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José  Ángel", "jose angel"),
        ("Straße", "STRASSE"),
        ("Ａｎａ", "ana"),
        ("Ana Silva (she/her)", "Ana Silva"),
        ("Ana Silva [Lisboa]", "ana silva"),
        ("[Lisboa] Ana Silva", "ana silva"),
        ("Silva, Ana", "Ana Silva"),
        ("İpek Işık", "ipek ışık"),
        ("Łukasz", "łukasz"),
        ("هُدى", "هدى"),
        ("أحمد", "احمد"),
        ("김서연", "김서연".encode().decode()),
        ("\u1100\u1175\u11b7", "김"),
        ("Ana\u200b Silva", "ana silva"),
        ("O’Neill", "O'Neill"),
        ("Jean‑Luc", "Jean-Luc"),
        ("Jean-Luc", "Jean Luc"),
    ],
)
def test_names_that_are_one(one, other):
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Ana", "Anna"), ("김서연", "김서윤"), ("Ann", "Ana"), ("Ольга", "Олег")]
)
def test_names_that_are_two(one, other):
    assert folded(one) != folded(other)


def test_a_name_all_in_brackets_is_still_a_name():
    assert folded("(Ana)") == "ana"
