"""Codes and tickets: what they are made of, and to the second how long they are good."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing

from attendance.check_in import codes, tickets
from attendance.check_in.tickets import Ticket

STEP = codes.STEP
SECOND = timedelta(seconds=1)
AT = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)  # a code begins


def test_a_code_is_six_characters_that_nobody_takes_for_others_and_each_step_and_meeting_has_its_own():
    found = {codes.code_of(meeting, step) for meeting in range(40) for step in range(40)}
    assert len(found) == 1600
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{6}", code) for code in found)
    assert set("".join(found)) == set(codes.ALPHABET)


def test_a_code_is_another_with_another_key(settings):
    before = codes.code_at(7, AT)
    settings.SECRET_KEY = "another" * 10
    assert codes.code_at(7, AT) != before


@pytest.mark.parametrize(
    ("later", "is_good"),
    [
        (0 * SECOND, True),
        (STEP - SECOND, True),
        (STEP, True),  # the step before
        (2 * STEP - SECOND, True),
        (2 * STEP, False),  # two before
        (-SECOND, False),  # not begun
    ],
)
def test_the_code_of_this_step_and_of_the_one_before_open_and_no_other(later, is_good):
    assert codes.opens(codes.code_at(7, AT), 7, AT + later) is is_good


def test_another_meetings_code_opens_nothing():
    assert not codes.opens(codes.code_at(8, AT), 7, AT)
    assert not codes.opens("", 7, AT)


def test_the_next_code_comes_with_the_next_half_minute():
    assert codes.next_step(AT) == AT + STEP
    assert codes.next_step(AT + STEP - SECOND) == AT + STEP


@pytest.mark.parametrize(
    "text",
    [
        "K0P3Q1",
        "k0p3q1",
        " k0p 3q1 ",
        "K0P-3Q1",
        "K0P–3Q1",
        "KOP3QI",
        "kop3ql",
        "Ｋ０Ｐ３Ｑ１",
        "K٠P٣Q١",
        "K۰P۳Q۱",
        "https://station.example/check-in/K0P3Q1/",
        "\u200fK0P3Q1\u200e",
    ],
)
def test_what_somebody_types_is_read_as_they_meant_it(text):
    assert codes.typed(text) == "K0P3Q1"


def test_other_letters_are_no_code():
    assert codes.typed("كود") == ""
    assert codes.typed("") == ""
    assert codes.typed("½") == "12"


@pytest.mark.parametrize(
    ("later", "is_good"), [(timedelta(minutes=15), True), (timedelta(minutes=15, seconds=1), False)]
)
def test_a_ticket_is_good_for_a_quarter_of_an_hour(later, is_good):
    ticket = Ticket(7, AT, 3)
    assert tickets.read(str(ticket), AT + later) == (ticket if is_good else None)


def test_a_ticket_that_we_did_not_sign_is_none():
    ticket = str(Ticket(7, AT, 3))
    for made_up in (
        ticket[:-1] + ("A" if ticket[-1] != "A" else "B"),
        "",
        "made-up",
        signing.dumps([7, AT.timestamp(), 3]),
    ):
        assert tickets.read(made_up, AT) is None
