"""Awkward hours in a letter: text, HTML and calendar entry say the same, in the reader's clock and the host's."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.html import strip_tags
from icalendar import Calendar

from outbox.models import Letter
from registrations import actions
from registrations.clocks import moment
from registrations.reminders import remind
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    host: str
    reader: str
    starts_at: datetime
    yours: str
    theirs: str
    entry: str  # the start as the calendar entry writes it
    lasts: timedelta = timedelta(minutes=90)


CASES = {
    "half an hour beside half an hour": Case(
        "mashhad",
        "Asia/Kolkata",
        datetime(2026, 12, 11, 6, 0, tzinfo=UTC),
        "Friday 11 December 2026, 11:30–13:00 (Kolkata, UTC+5:30)",
        "09:30–11:00 in Mashhad (UTC+3:30)",
        ";TZID=Asia/Tehran:20261211T093000",
    ),
    "the reader is a day behind, beyond the date line": Case(
        "seoul",
        "Pacific/Pago_Pago",
        datetime(2026, 12, 11, 8, 0, tzinfo=UTC),
        "Thursday 10 December 2026, 21:00–22:30 (Pago Pago, UTC−11)",
        "Friday 11 December 2026, 17:00–18:30 in Seoul (UTC+9)",
        ";TZID=Asia/Seoul:20261211T170000",
    ),
    "the reader is a day ahead": Case(
        "mexico-city",
        "Pacific/Kiritimati",
        datetime(2026, 12, 11, 22, 0, tzinfo=UTC),
        "Saturday 12 December 2026, 12:00–13:30 (Kiritimati, UTC+14)",
        "Friday 11 December 2026, 16:00–17:30 in Mexico City (UTC−6)",
        ";TZID=America/Mexico_City:20261211T160000",
    ),
    "over an hour that the host's clocks leave out": Case(
        "secretariat-general",
        "America/Sao_Paulo",
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        "Saturday 27 March 2027, 21:30–23:00 (Sao Paulo, UTC−3)",
        "Sunday 28 March 2027, 01:30–04:00 in Barcelona (UTC+1)",
        ";TZID=Europe/Madrid:20270328T013000",
    ),
    "in an hour that the reader's clocks show twice, the second time": Case(
        "cairo",
        "Europe/Madrid",
        datetime(2027, 10, 31, 1, 15, tzinfo=UTC),
        "Sunday 31 October 2027, 02:15–03:45 (Madrid, UTC+1)",
        "03:15–04:45 in Cairo (UTC+2)",
        "",
    ),
    "in an hour that the host's clocks show twice, the second time": Case(
        "secretariat-general",
        "Africa/Dakar",
        datetime(2027, 10, 31, 1, 15, tzinfo=UTC),
        "Sunday 31 October 2027, 01:15–02:45 (Dakar, UTC+0)",
        "02:15–03:45 in Barcelona (UTC+1)",
        ":20271031T011500Z",  # 02:15 in Madrid would be two moments
    ),
    "across midnight where the host is": Case(
        "seoul",
        "Africa/Dakar",
        datetime(2026, 12, 11, 14, 30, tzinfo=UTC),
        "Friday 11 December 2026, 14:30–16:00 (Dakar, UTC+0)",
        "Friday 11 December 2026, 23:30 – Saturday 12 December 2026, 01:00 in Seoul (UTC+9)",
        ";TZID=Asia/Seoul:20261211T233000",
    ),
    "across midnight where the reader is": Case(
        "cairo",
        "Asia/Kathmandu",
        datetime(2026, 12, 11, 17, 30, tzinfo=UTC),
        "Friday 11 December 2026, 23:15 – Saturday 12 December 2026, 00:45 (Kathmandu, UTC+5:45)",
        "19:30–21:00 in Cairo (UTC+2)",
        ";TZID=Africa/Cairo:20261211T193000",
    ),
}


def session_of(case: Case):
    return cast.session(cast.activity(host=cast.host(case.host)), starts_at=case.starts_at, lasts=case.lasts)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_text_html_and_entry_tell_the_same_moment(case):
    reader = cast.person("Amina Diallo", timezone=case.reader)
    cast.register(session_of(case), reader, now=NOW)
    letter = Letter.objects.get(kind="confirmation")
    for words in (letter.text, strip_tags(re.sub(r"<br\s*/?>", " ", letter.html))):
        assert f"{case.yours} {case.theirs}" in in_one_line(words)
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(UTC) == case.starts_at
    assert event["DTEND"].dt.astimezone(UTC) == case.starts_at + case.lasts
    assert f"DTSTART{case.entry}" in letter.calendar.replace("\r\n ", "")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_file_for_everybody_tells_it_in_the_hosts_zone(client, case):
    session = session_of(case)
    file = client.get(f"/sessions/{session.pk}/calendar.ics").content
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(UTC) == case.starts_at
    assert event["DTEND"].dt.astimezone(UTC) == case.starts_at + case.lasts


def test_a_session_that_moves_over_a_change_of_the_clocks_tells_both_hours_as_they_were_and_will_be():
    """17:00 in Barcelona before the change and after it: in Dakar 15:00, then 16:00."""
    session = cast.session(
        cast.activity(host=cast.host("secretariat-general")),
        starts_at=datetime(2027, 10, 29, 15, 0, tzinfo=UTC),
    )
    cast.register(session, cast.person("Amina Diallo"), now=NOW)
    actions.reschedule(
        session=session, by=cast.secretary(), starts_at=datetime(2027, 11, 1, 16, 0, tzinfo=UTC), now=NOW
    )
    text = in_one_line(Letter.objects.get(kind="session_changed").text)
    assert "Friday 29 October 2027, 15:00–16:30 (Dakar, UTC+0) 17:00–18:30 in Barcelona (UTC+2)" in text
    assert "Monday 1 November 2027, 16:00–17:30 (Dakar, UTC+0) 17:00–18:30 in Barcelona (UTC+1)" in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Sunday 1 November 2026, 18:00 your time, 09:00 in Dakar (UTC+0)"),
        ("fr", "dimanche 1er novembre 2026, 18:00 à votre heure, 09:00 (Dakar, UTC+0)"),
    ],
)
def test_a_deadline_at_nine_in_greenwich_is_six_in_the_evening_in_seoul_with_both_clocks_named(
    language, sentence
):
    session = cast.session(cast.activity(host=cast.host("secretariat-general")), timezone="Africa/Dakar")
    deadline = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    with translation.override(language), timezone.override("Asia/Seoul"):
        assert moment(deadline, session) == sentence


def test_a_letter_in_french_counts_the_first_of_a_month():
    session = cast.session(
        cast.activity(host=cast.host("secretariat-general")),
        starts_at=datetime(2027, 2, 1, 9, 0, tzinfo=UTC),
        registration_closes_at=datetime(2027, 1, 31, 9, 0, tzinfo=UTC),
    )
    cast.register(session, cast.person("Amina Diallo", language="fr"), now=NOW)
    letter = Letter.objects.get(kind="confirmation")
    for words in (letter.text, letter.html):
        assert "lundi 1er février 2027, 09:00–10:30" in in_one_line(words)


def test_in_a_room_a_letter_tells_the_rooms_clock_and_day_alone():
    """32 hours before it is the day before in Seoul, and in Mexico City the day before that."""
    start = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)
    for link, clocks in (("", 1), ("https://meet.example/room", 2)):
        activity = cast.activity(format="in_person_program")
        session = cast.session(
            activity, starts_at=start, lasts=timedelta(hours=1), joining_link=link, venue="Hall 2"
        )
        session.reminder_leads = [32 * 60]
        session.save()
        reader = cast.person(timezone="America/Mexico_City")
        cast.register(session, reader, now=start - timedelta(days=20))
        remind(now=start - timedelta(hours=32))
        confirmation, reminder = Letter.objects.filter(person=reader).order_by("pk")
        for letter in (confirmation, reminder):
            assert "17:00–18:00" in letter.text
            assert letter.text.count("Mexico City") == clocks - 1
        assert reminder.subject.startswith("Tomorrow" if clocks == 1 else "In 2 days")
