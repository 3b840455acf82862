from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from icalendar import Calendar

from catalog.certificate_rule import Certificate, Counted, Rule
from outbox.models import Letter
from registrations import actions
from registrations.reminders import remind
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
START = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)  # 17:00 in Seoul
RULE = Rule(certificate=Certificate.PARTICIPATION, percent=80, percent_of=Counted.MINUTES)
LINK = "https://meet.example/secret-room"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://learning.example"


@pytest.fixture
def session():
    return cast.session(starts_at=START, places=1, joining_link=LINK, joining_note="Passcode 4711")


def letter_to(person, kind) -> Letter:
    return Letter.objects.get(person=person, kind=kind)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def every_letter(session) -> dict[str, Letter]:
    """One life through which every kind of letter is written, well before the start but for the last."""
    confirmed = cast.register(session, cast.person("Amina Diallo"), now=NOW)
    cast.register(session, cast.person("Kofi Mensah"), now=NOW)
    actions.reschedule(session=session, by=cast.secretary(), venue="City Hall", now=NOW)
    actions.change_rule(activity=session.activity, rule=RULE, by=cast.secretary(), now=NOW)
    actions.cancel(registration=confirmed, by=confirmed.person, now=NOW)
    remind(now=START - timedelta(days=1))
    remind(now=START - timedelta(hours=1))
    actions.cancel_session(
        session=session, reason="A storm is coming.", by=cast.secretary(), now=START - timedelta(minutes=30)
    )
    return {letter.kind: letter for letter in Letter.objects.order_by("pk")}


KINDS = {
    "confirmation": "Your place is confirmed: Water in dense cities",
    "waiting_list": "You are on the waiting list: Water in dense cities",
    "session_changed": "New venue: Water in dense cities",
    "rule_changed": "Rule for taking part: Water in dense cities",
    "cancellation": "Your registration is cancelled: Water in dense cities",
    "promotion": "There is a place for you: Water in dense cities",
    "reminder": "Tomorrow: Water in dense cities",
    "joining_link": "How to join, starting soon: Water in dense cities",
    "session_cancelled": "The session is cancelled: Water in dense cities",
}


def test_every_letter_says_what_when_where_and_from_whom(session):
    letters = every_letter(session)
    assert {kind: letter.subject for kind, letter in letters.items()} == KINDS
    for letter in letters.values():
        for text in (letter.text, letter.html):
            text = in_one_line(text)
            assert "Water in dense cities" in text
            assert "MITI Seoul" in text
            assert "Friday 11 December 2026, 08:00–09:30 (Dakar, UTC+0)" in text
            assert "17:00–18:30 in Seoul (UTC+9)" in text
            assert f"Dear {letter.person.name}," in text
            assert "{{" not in text
            assert "{%" not in text
        assert letter.from_name == "MITI Seoul via Learning Station"
        assert letter.reply_to == "seoul@host.example"
        assert letter.about.startswith("registration ")


def test_every_letter_of_who_stands_leads_to_the_registration_and_the_way_out(session):
    letters = every_letter(session)
    for kind in KINDS.keys() - {"cancellation", "session_cancelled"}:
        letter = letters[kind]
        code = letter.person.registrations.get().code
        for text in (letter.text, letter.html):
            assert f"https://learning.example/registrations/{code}/" in text
            assert f"https://learning.example/registrations/{code}/cancellation/" in text
    for kind in ("cancellation", "session_cancelled"):
        assert "https://learning.example/activities/" in letters[kind].text
        assert "/cancellation/" not in letters[kind].text


def test_the_joining_link_is_in_no_letter_before_its_hour(session):
    letters = every_letter(session)
    telling = {
        kind
        for kind, letter in letters.items()
        if any(
            word in letter.text + letter.html + letter.calendar.replace("\r\n ", "")
            for word in (LINK, "4711")
        )
    }
    assert telling == {"joining_link"}
    assert "The link to join will be on the page of your registration from" in letters["confirmation"].text
    assert "link to join" not in letters["waiting_list"].text


def test_a_waiting_person_never_gets_the_link_even_within_the_hour(session):
    cast.register(session, now=NOW)
    waiting = cast.register(session, now=START - timedelta(minutes=20))
    letter = letter_to(waiting.person, "waiting_list")
    assert LINK not in letter.text + letter.html


def test_the_waiting_list_letter_tells_the_position_and_why(session):
    for _i in range(3):
        cast.register(session, now=NOW)
    waiting = cast.register(session, now=NOW)
    letter = letter_to(waiting.person, "waiting_list")
    assert "You are number 3 on the waiting list" in letter.html
    assert "The only place is taken. 2 people are ahead of you" in letter.text
    assert letter.calendar == ""


def test_a_letter_speaks_the_readers_language_whoever_caused_it(session):
    """A page in English causes a letter to someone who reads French, in French, with addresses of French pages."""
    session.activity.title_fr = "L'eau dans les villes denses"
    session.activity.save()
    first = cast.register(session, now=NOW)
    waiting = cast.register(session, cast.person("Amina Diallo", language="fr"), now=NOW)
    with translation.override("es"):
        actions.cancel(registration=first, by=first.person, now=NOW)
        assert translation.get_language() == "es"
    letter = letter_to(waiting.person, "promotion")
    assert letter.language == "fr"
    assert "L'eau dans les villes denses" in letter.subject
    assert "vendredi 11 décembre 2026" in letter.text
    assert f"https://learning.example/fr/registrations/{waiting.code}/" in letter.text
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert event["SUMMARY"] == "L'eau dans les villes denses"


def test_names_and_titles_are_escaped_in_html_and_not_in_text():
    activity = cast.activity(title="Roads & <em>rails</em>")
    registration = cast.register(cast.session(activity), cast.person("Anna <b>O'Neill</b>"))
    letter = letter_to(registration.person, "confirmation")
    assert "Roads &amp; &lt;em&gt;rails&lt;/em&gt;" in letter.html
    assert "<em>rails" not in letter.html
    assert "<b>O" not in letter.html
    assert "Dear Anna <b>O'Neill</b>," in letter.text
    assert letter.subject == "Your place is confirmed: Roads & <em>rails</em>"


def test_several_meetings_are_told_one_by_one():
    days = [START + timedelta(days=day) for day in range(3)]
    session = cast.session(
        meetings=[(day, day + timedelta(hours=1), f"Part {n}") for n, day in enumerate(days, 1)]
    )
    registration = cast.register(session, now=NOW)
    text = letter_to(registration.person, "confirmation").text
    for n, day in ((1, "Friday 11"), (2, "Saturday 12"), (3, "Sunday 13")):
        assert f"  Part {n}\n  {day} December 2026, 08:00–09:00 (Dakar, UTC+0)\n" in text


def test_a_self_paced_course_tells_its_window():
    course = cast.session(self_paced=True, starts_at=START, lasts=timedelta(days=20), joining_link="")
    registration = cast.register(course, now=NOW)
    text = in_one_line(letter_to(registration.person, "confirmation").text)
    assert "Open: Friday 11 December 2026, 08:00 – Thursday 31 December 2026, 08:00 (Dakar, UTC+0)" in text


@pytest.mark.parametrize(
    ("venue", "link", "where"),
    [("", LINK, "Online"), ("City Hall", "", "City Hall"), ("City Hall", LINK, "City Hall, and online")],
)
def test_the_place_is_told_and_that_one_may_also_join_online(venue, link, where):
    registration = cast.register(cast.session(venue=venue, joining_link=link))
    assert f"Where: {where}\n" in letter_to(registration.person, "confirmation").text


def test_the_readers_change_of_clocks_is_pointed_out():
    session = cast.session(starts_at=datetime(2027, 4, 15, 8, 0, tzinfo=UTC))
    madrid = cast.register(session, cast.person(timezone="Europe/Madrid"), now=NOW)
    dakar = cast.register(session, cast.person(), now=NOW)
    assert "Your clocks change before then" in letter_to(madrid.person, "confirmation").text
    assert "Your clocks change" not in letter_to(dakar.person, "confirmation").text


def test_the_calendar_entry_of_one_life_keeps_its_uid_and_its_sequence_only_rises(session):
    """Confirmed, moved, cancelled, registered again, let in, called off: the newer always wins in the person's calendar."""
    person, other = cast.person("Amina Diallo"), cast.person("Kofi Mensah")
    staff = cast.secretary()
    first = cast.register(session, person, now=NOW)
    actions.reschedule(session=session, by=staff, starts_at=START + timedelta(days=1), now=NOW)
    actions.cancel(registration=first, by=person, now=NOW)
    second = cast.register(session, other, now=NOW)
    cast.register(session, person, now=NOW)  # waits, without an entry
    actions.cancel(registration=second, by=other, now=NOW)
    actions.reschedule(session=session, by=staff, venue="City Hall", now=NOW)
    actions.cancel_session(session=session, reason="", by=staff, now=NOW)

    entries = [
        (letter.kind, letter.calendar_method, Calendar.from_ical(letter.calendar))
        for letter in person.letters.exclude(calendar="").order_by("pk")
    ]
    assert [(kind, method) for kind, method, _file in entries] == [
        ("confirmation", "REQUEST"),
        ("session_changed", "REQUEST"),
        ("cancellation", "CANCEL"),
        ("promotion", "REQUEST"),
        ("session_changed", "REQUEST"),
        ("session_cancelled", "CANCEL"),
    ]
    assert {file["METHOD"] == method for _kind, method, file in entries} == {True}
    events = [file.walk("VEVENT")[0] for _kind, _method, file in entries]
    assert {event["UID"] for event in events} == {f"session-{session.uid}@learning.example"}
    sequences = [event["SEQUENCE"] for event in events]
    assert sequences == sorted(set(sequences))
    assert [event["STATUS"] for event in events] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]
    assert all(event["ATTENDEE"] == f"mailto:{person.email}" for event in events)
    assert events[1]["DTSTART"].dt == START + timedelta(days=1)


def test_a_host_with_the_longest_name_is_written_for(db):
    name = "Observatoire des politiques métropolitaines " * 5
    at = cast.host()
    at.name_en = at.name_fr = name[:200]
    at.save()
    session = cast.session(cast.activity(host=at))
    cast.register(session, cast.person(language="fr"))
    letter = Letter.objects.get()
    assert letter.from_name.startswith("Observatoire des politiques")
    assert letter.from_name.endswith("Learning Station")
