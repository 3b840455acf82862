"""A letter to be written: whose language and clock it is in, and by what it is found again."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone, translation

from outbox.about import about, about_each
from outbox.actions import write_letter
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as
from outbox.rendering import Rendered
from tests import cast
from tests.outbox.letters import write

AT = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_templates")]


def to_nobody_known(**fields) -> NewLetter:
    return NewLetter(
        kind="example",
        key="example/1",
        person=None,
        to="new@example.org",
        template="example",
        context={"at": AT},
        **fields,
    )


def test_a_letter_to_nobody_known_is_in_the_language_and_clock_in_which_it_was_made():
    with reading_as(language="fr", zone=ZoneInfo("Asia/Seoul")):
        letter = to_nobody_known()
    with transaction.atomic():
        written = write_letter(letter)
    assert written.language == "fr"
    assert "mardi 2 mars 2027 07:30" in written.text


def test_a_person_reads_their_own_language_and_clock_whoever_acts(person):
    person.language, person.timezone = "fr", "Asia/Seoul"
    with reading_as(language="ar", zone=ZoneInfo("America/Mexico_City")):
        written = write(person, context={"at": AT})
    assert written.language == "fr"
    assert "mardi 2 mars 2027 07:30" in written.text


def test_a_language_that_is_named_goes_before_the_persons(person):
    person.language, person.timezone = "ar", "Asia/Seoul"
    written = write(person, language="fr", context={"at": AT})
    assert written.language == "fr"
    assert "mardi 2 mars 2027 07:30" in written.text


def test_reading_as_is_left_again(person):
    person.language, person.timezone = "fr", "Asia/Seoul"
    before = translation.get_language(), timezone.get_current_timezone()
    with reading_as(person):
        assert (translation.get_language(), timezone.get_current_timezone()) == ("fr", ZoneInfo("Asia/Seoul"))
        with reading_as(language="ar"):
            assert translation.get_language() == "ar"
            assert timezone.get_current_timezone() == ZoneInfo("Asia/Seoul")
    assert (translation.get_language(), timezone.get_current_timezone()) == before


def test_a_letter_is_found_by_what_it_is_about(person):
    sessions = [cast.session(), cast.session(), cast.session()]
    letters = [write(person, about=session) for session in sessions]
    assert letters[0].about == about(sessions[0]) == f"session {sessions[0].pk}"
    assert list(Letter.objects.about(sessions[1])) == [letters[1]]
    two = type(sessions[0]).objects.filter(pk__in=[sessions[0].pk, sessions[2].pk])
    assert set(Letter.objects.filter(about__in=about_each(two))) == {letters[0], letters[2]}


def test_blanks_are_filled_and_escaped_in_html_alone():
    words = Rendered("For you", "Dear 123,", "<p>Dear 123,</p>")
    assert words.filled({"123": "O’Neill & Co"}) == Rendered(
        "For you", "Dear O’Neill & Co,", "<p>Dear O’Neill &amp; Co,</p>"
    )
