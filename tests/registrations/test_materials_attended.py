"""What is given to those who attended: who opens it, and when a letter brings it."""

from datetime import timedelta

import pytest
import time_machine

from attendance import actions as attendance_actions
from catalog.models import Material
from outbox.models import Letter
from registrations.materials import due_now, may_open, write_due, write_one
from registrations.reminders import remind
from tests import cast
from tests.attendance.making import DAY, HOUR, START, meeting_of, program, registered

from .test_materials import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return cast.secretary()


@pytest.fixture
def session():
    made = program(days=2)
    with time_machine.travel(START - 10 * DAY, tick=False):
        give(made, "Recording", to="attended")
    return made


@pytest.fixture
def people(session):
    return registered(session)


def note(registration, state="present", *, day=1, by, at=START, **more):
    meeting = meeting_of(registration.session, day)
    attendance_actions.note(
        registration=registration, meeting=meeting, state=state, by=by, now=at + HOUR, **more
    )


def opens(client, registration) -> bool:
    client.force_login(registration.person)
    page = client.get(registration.get_absolute_url()).text
    assert ("for people who attended" in page) == ("library.example/recording" not in page)
    assert may_open(registration.person, Material.objects.get()) == ("library.example" in page)
    return "library.example" in page


def test_one_meeting_is_enough_and_excused_or_absent_is_none(client, session, people, by):
    there, excused, absent = people
    assert not opens(client, there), "nothing is known yet"
    note(there, day=2, by=by, at=START + DAY)
    note(there, "absent", by=by)
    note(excused, "excused", by=by)
    note(absent, "absent", by=by)
    assert [opens(client, one) for one in people] == [True, False, False]
    # The platform saw somebody; staff know better.
    note(absent, by=by, source="report", minutes=200)
    assert not opens(client, absent)
    note(there, "absent", day=2, by=by, at=START + DAY)
    assert not opens(client, there), "corrected"


def test_at_another_session_of_the_activity_is_not_here(client, session, people, by):
    other = program(of=session.activity)
    Material.objects.update(session=other)
    note(people[0], by=by)
    client.force_login(people[0].person)
    assert "Recording" not in client.get(people[0].get_absolute_url()).text
    Material.objects.update(session=None)
    assert opens(client, people[0])
    again = cast.register(other, people[0].person, now=START - 5 * DAY)
    assert "library.example" not in client.get(again.get_absolute_url()).text


def test_strangers_read_for_whom_it_is(client, session):
    page = client.get(session.activity.get_absolute_url()).text
    assert "library.example" not in page
    assert "for people who attended" in page


def test_the_letter_goes_to_those_who_attended_alone(session, people, by):
    note(people[0], by=by)
    note(people[1], "excused", by=by)
    assert write_due(now=session.ends_at + HOUR) == 1
    assert Letter.objects.get(kind="materials").person == people[0].person
    assert write_due(now=session.ends_at + 2 * DAY) == 0


def test_it_goes_an_hour_after_the_person_is_noted_however_late(session, people, by):
    late = session.ends_at + 20 * DAY
    assert write_due(now=late) == 0
    note(people[0], by=by, at=late)
    assert write_due(now=late + HOUR + timedelta(minutes=59)) == 0
    assert write_due(now=late + 2 * HOUR) == 1
    # A report that is read anew, a week later, tells nothing new.
    with time_machine.travel(late + 7 * DAY):
        note(people[0], day=2, by=by, at=late + 7 * DAY)
    assert write_due(now=late + 7 * DAY + 3 * HOUR) == 0
    # Who is noted while nobody writes letters for a week gets none: it stands on the page.
    note(people[1], by=by, at=late)
    assert write_due(now=late + 9 * DAY) == 0


def test_one_letter_for_both_when_both_are_due_and_a_second_when_attendance_comes_later(session, people, by):
    with time_machine.travel(START - 9 * DAY, tick=False):
        give(session, "Slides")
    note(people[0], by=by)
    over = session.ends_at + HOUR
    assert write_due(now=over) == 3
    assert write_due(now=over + HOUR) == 0
    letters = {letter.person: letter.text for letter in Letter.objects.filter(kind="materials")}
    assert ["library.example/recording" in letters[one.person] for one in people] == [True, False, False]
    note(people[1], by=by, at=over + DAY)
    assert write_due(now=over + DAY + 2 * HOUR) == 1
    newest = Letter.objects.filter(kind="materials").latest("pk")
    assert newest.person == people[1].person
    assert "library.example/recording" in newest.text
    # Something more for all: one letter to each, and nothing of before is news.
    with time_machine.travel(over + 3 * DAY, tick=False):
        give(session, "Plan")
    assert write_due(now=over + 3 * DAY + HOUR) == 3
    assert write_due(now=over + 4 * DAY) == 0
    # Something more for those who attended.
    with time_machine.travel(over + 5 * DAY, tick=False):
        give(session, "Minutes", to="attended")
    assert write_due(now=over + 5 * DAY + HOUR) == 2
    assert write_due(now=over + 6 * DAY) == 0


def test_who_turns_out_not_to_have_been_there_gets_no_letter(session, people, by):
    note(people[0], by=by)
    now = session.ends_at + HOUR
    (due,) = due_now(now)
    note(people[0], "absent", by=by)
    assert write_one(due, now=now) is None
    assert write_due(now=now) == 0


def test_what_is_meant_for_before_brings_no_letter_after_and_stands_in_the_reminder(session, people, by):
    Material.objects.update(meant_for="before", shown_to="participants")
    note(people[0], by=by)
    assert write_due(now=session.ends_at + HOUR) == 0
    assert remind(now=START - DAY) == 3
    reminder = Letter.objects.filter(kind="reminder").first()
    for form in (reminder.text, reminder.html):
        assert "To prepare, the host gives you:" in form
        assert "library.example/recording" in form
    # The next day is no beginning any more.
    assert remind(now=START + 1 * HOUR) == 3
    assert "To prepare" not in Letter.objects.filter(written_at__gt=START).latest("pk").text


def test_a_reminder_without_anything_to_prepare_says_nothing_of_it(session, people):
    give(session, "Plan")
    assert remind(now=START - DAY) == 3
    assert "To prepare" not in Letter.objects.filter(kind="reminder").first().text
