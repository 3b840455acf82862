"""The letter with materials while staff correct who was there: real threads on PostgreSQL, and a twin without the lock."""

import pytest
import time_machine

from attendance import actions as attendance_actions
from outbox.models import Letter
from registrations import materials
from registrations.actions import lock
from tests import cast
from tests.at_once import at_once, hesitating, without_the_lock
from tests.attendance.making import DAY, HOUR, START, meeting_of, program, registered

from .test_materials import give

pytestmark = pytest.mark.django_db(transaction=True)


def written_and_corrected(people: int) -> list[str]:
    """Of each due letter: two workers write it, and somebody corrects that the person was not there. What was written."""
    session, by = program(days=1, places=None), cast.secretary()
    with time_machine.travel(START - 9 * DAY, tick=False):
        give(session, "Recording", to="attended")
    registrations = registered(session, *cast.people(people))
    meeting = meeting_of(session)
    attendance_actions.note_all_present(meeting=meeting, by=by, now=START + HOUR)
    now = session.ends_at + HOUR
    due = {one.registration: one for one in materials.due_now(now)}
    assert len(due) == people

    def write(registration):
        return lambda: materials.write_one(due[registration.pk], now=now)

    def correct(registration):
        return lambda: attendance_actions.note(
            registration=registration, meeting=meeting, state="absent", by=by, now=now
        )

    at_once(what(one) for one in registrations for what in (write, correct, write))
    return list(Letter.objects.filter(kind="materials").values_list("text", flat=True))


def test_each_letter_is_written_once_and_brings_what_it_is_about(monkeypatch):
    monkeypatch.setattr(materials, "ask", hesitating(materials.ask, seconds=0.02))
    texts = written_and_corrected(12)
    assert 0 < len(texts) <= 12
    assert Letter.objects.filter(kind="materials").values("person").distinct().count() == len(texts)
    assert all("library.example/recording" in text for text in texts)


def test_the_twin_without_the_lock_writes_letters_that_bring_nothing(monkeypatch):
    monkeypatch.setattr(lock, "lock_session", without_the_lock)
    monkeypatch.setattr(materials, "ask", hesitating(materials.ask, seconds=0.4))
    texts = written_and_corrected(5)
    assert any("library.example/recording" not in text for text in texts)
