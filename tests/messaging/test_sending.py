"""A message is sent once, to who is in its groups, in their language; its letters are written a part at a time."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.erasing import erase_person
from attendance.models import Attendance
from messaging import actions, errors, tasks
from messaging.actions import sending
from messaging.groups import groups_of, names_of, offered, people_of, sizes
from messaging.models import Message
from outbox.models import Letter
from registrations.actions import cancel, cancel_session
from tests import cast

from .making import DAY, FRENCH, NOW, WORDS, drafted, registered, sent, session_with

pytestmark = pytest.mark.django_db


def letters_to() -> list[str]:
    return sorted(Letter.objects.filter(kind="session_message").values_list("person__name", flat=True))


def test_each_person_of_a_group_gets_a_letter_of_their_own(by):
    amina, ben = cast.person("Amina Diallo"), cast.person("Ben Okafor", language="fr", reminders=False)
    session = session_with(amina, ben)
    registered(session, cast.person("Waits"), state="waiting")
    message = sent(session, by, words=WORDS | FRENCH)
    assert letters_to() == ["Amina Diallo", "Ben Okafor"], "who refuses reminders gets it all the same"
    assert (message.people, message.letters_written) == (2, 2)
    assert message.finished_at == NOW
    letter = Letter.objects.get(person=ben, kind="session_message")
    assert letter.subject == "Apportez votre badge"
    assert "La porte ouvre à 8 h." in letter.text
    assert "Ben Okafor" in letter.text
    assert "Amina" not in letter.text + letter.html
    assert letter.to == ben.email
    assert letter.reply_to == session.activity.host.email
    assert letter.headers == {}
    assert letter.useless_after == session.ends_at + DAY
    english = Letter.objects.get(person=amina, kind="session_message")
    assert '<a href="https://example.org/map"' in english.html
    assert by.name not in english.text + english.html
    assert ben.registrations.get().code in letter.html


def test_sent_twice_it_is_sent_once(by):
    session = session_with(cast.person("Amina Diallo"))
    message = sent(session, by)
    again = actions.send(message=message, by=cast.secretary("Somebody Else"), now=NOW + DAY)
    assert actions.write_part(message=again, now=NOW + DAY)
    assert (again.sent_by, again.sent_at) == (by, NOW)
    assert letters_to() == ["Amina Diallo"]


def test_the_same_draft_is_one_and_one_sent_is_not_changed(by):
    session = session_with(cast.person())
    message = drafted(session, by)
    assert drafted(session, by) == message
    changed = actions.rewrite(message=message, groups=["waiting"], words=WORDS | FRENCH, by=by)
    assert changed.languages == ["en", "fr"]
    actions.rewrite(message=message, groups=["confirmed"], words=WORDS, by=by)
    actions.send(message=message, by=by, now=NOW)
    with pytest.raises(errors.AlreadySent):
        actions.rewrite(message=message, groups=["waiting"], words=WORDS, by=by)
    with pytest.raises(errors.AlreadySent):
        actions.discard(message=message, by=by)
    other = drafted(session, by)
    actions.discard(message=other, by=by)
    assert list(Message.objects.all()) == [message]


def test_of_two_who_write_a_draft_anew_the_second_is_told(by):
    message = drafted(session_with(cast.person()), by)
    seen, other = message.written_at, cast.secretary("Mei Tanaka")
    facts = {"message": message, "groups": ["confirmed"]}
    theirs = actions.rewrite(**facts, words=WORDS | FRENCH, by=other, seen=seen)
    with pytest.raises(errors.RewrittenMeanwhile, match="Mei Tanaka") as refused:
        actions.rewrite(**facts, words=WORDS, by=by, seen=seen)
    message.refresh_from_db()
    assert (message.languages, message.written_by) == (["en", "fr"], other)
    assert refused.value.at == theirs.written_at
    assert actions.rewrite(**facts, words=WORDS, by=by, seen=refused.value.at).written_by == by


@pytest.mark.parametrize(
    ("begins_in", "kept_until_morning"), [(timedelta(days=10), True), (timedelta(hours=20), False)]
)
def test_a_message_keeps_quiet_hours_but_not_when_a_meeting_is_near(by, begins_in, kept_until_morning):
    night = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
    sleeper = cast.person(quiet_hours=True, timezone="UTC")
    sent(session_with(sleeper, starts_at=night + begins_in), by, now=night)
    morning = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
    assert Letter.objects.get().next_try_at == (morning if kept_until_morning else night)


def test_it_is_not_sent_to_nobody_too_late_or_of_a_cancelled_session(by):
    session = session_with()
    with pytest.raises(errors.NobodyThere):
        actions.send(message=drafted(session, by), by=by, now=NOW)
    registered(session, cast.person())
    late = drafted(session, by, useless_after=NOW - DAY)
    with pytest.raises(errors.TooLate):
        actions.send(message=late, by=by, now=NOW)
    message = drafted(session, by)
    cancel_session(session=session, reason="Rain.", by=by, now=NOW)
    with pytest.raises(errors.SessionCancelled):
        actions.send(message=message, by=by, now=NOW)
    with pytest.raises(errors.SessionCancelled):
        drafted(session, by)
    assert not Message.objects.exclude(sent_at=None).exists()


def test_only_so_many_go_out_in_a_day(by, monkeypatch):
    monkeypatch.setattr(sending, "MOST_OF_SESSION", 1)
    monkeypatch.setattr(sending, "MOST_OF_PERSON", 2)
    monkeypatch.setattr(sending, "MOST_OF_HOST", 3)
    people = [cast.person()]
    first, second, third, fourth = (session_with(*people) for _ in range(4))
    sent(first, by)
    with pytest.raises(errors.TooManyOfSession, match="1 messages"):
        sent(first, cast.secretary("Another"), words=WORDS | FRENCH)
    sent(second, by)
    with pytest.raises(errors.TooManyOfPerson):
        sent(third, by)
    sent(third, cast.secretary("Another"))
    with pytest.raises(errors.TooManyOfHost):
        sent(fourth, cast.secretary("A third"))
    sent(fourth, by, now=NOW + DAY + timedelta(minutes=1))


def test_who_cancelled_or_was_erased_gets_none(by):
    amina, ben, cleo = (cast.person(name) for name in ("Amina", "Ben", "Cleo"))
    session = session_with(amina, ben, cleo)
    message = actions.send(message=drafted(session, by), by=by, now=NOW)
    cancel(registration=amina.registrations.get(), by=amina, now=NOW)
    erase_person(person=ben, by=by, now=NOW)
    actions.write_all(message=message, now=NOW)
    assert letters_to() == ["Cleo"]


@pytest.fixture
def of_five(by, monkeypatch):
    """Two letters in a part."""
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    session = session_with(*cast.people(5, language="en"))
    return actions.send(message=drafted(session, by), by=by, now=NOW)


def test_a_worker_that_is_killed_tells_nobody_twice_and_forgets_nobody(of_five, monkeypatch):
    assert not actions.write_part(message=of_five)

    def killed(*_args, **_kwargs):
        """After the letters were written, before the end of the transaction."""
        write(*_args, **_kwargs)
        raise KeyboardInterrupt

    write = sending.letters.write
    monkeypatch.setattr(sending.letters, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.write_part(message=of_five)
    of_five.refresh_from_db()
    assert of_five.letters_written == Letter.objects.count() == 2, (
        "the part that was interrupted is taken back"
    )
    monkeypatch.setattr(sending.letters, "write", write)
    assert tasks.write_unfinished() == 1
    of_five.refresh_from_db()
    assert of_five.letters_written == Letter.objects.count() == 5
    assert Letter.objects.values("person").distinct().count() == 5
    assert tasks.write_unfinished() == 0


def test_one_message_that_fails_stops_no_other(of_five, by, monkeypatch, caplog):
    other = actions.send(message=drafted(session_with(cast.person())), by=by, now=NOW)
    write_all = actions.write_all

    def failing(*, message):
        if message == of_five:
            raise RuntimeError
        write_all(message=message)

    monkeypatch.setattr(actions, "write_all", failing)
    assert tasks.write_unfinished() == 2
    other.refresh_from_db()
    assert other.finished_at
    assert f"message {of_five.pk} were not written" in caplog.text


def test_withdrawn_no_more_is_written_and_what_waits_is_stopped(of_five, by):
    actions.write_part(message=of_five)
    left = Letter.objects.order_by("pk").first()
    Letter.objects.filter(pk=left.pk).update(state="sent", sent_at=NOW)
    assert actions.withdraw(message=of_five, by=by) == 1
    assert actions.withdraw(message=of_five, by=by) == 0
    assert actions.write_part(message=of_five)
    assert dict(Letter.objects.values_list("state", "stopped_by")) == {"sent": None, "stopped": by.pk}
    assert tasks.write_unfinished() == 0


def test_of_a_cancelled_session_nothing_more_goes_out(of_five, by):
    actions.write_part(message=of_five)
    session = of_five.session
    done = sent(session, by, words=WORDS | FRENCH)
    Letter.objects.filter(key__startswith=done.key_of()).update(state="sent", sent_at=NOW)
    cancel_session(session=session, reason="Rain.", by=by, now=NOW)
    of_five.refresh_from_db()
    done.refresh_from_db()
    assert (of_five.withdrawn_by, done.withdrawn_by) == (by, None), "what has left entirely stays as it is"
    assert not Letter.objects.filter(kind="session_message", state="waiting").exists()
    assert Letter.objects.filter(kind="session_cancelled", state="waiting").count() == 5


def test_groups_that_attendance_brings(by):
    amina, ben = cast.person("Amina"), cast.person("Ben")
    session = session_with(amina, ben)
    present, _ = session.registrations.order_by("person__name")
    meeting = session.meetings.get()
    assert [group.code for group in offered(session, NOW)] == ["confirmed", "waiting"]
    Attendance.objects.create(
        registration=present, meeting=meeting, source="staff", state="present", counts=True
    )
    now = session.starts_at
    groups = offered(session, now)
    assert sizes(session, groups) == {"confirmed": 2, "waiting": 0, "present": 1, "not_present": 1}
    assert [one.person for one in people_of(session, ["present"])] == [amina]
    assert [one.person for one in people_of(session, ["not_present"])] == [ben]
    assert people_of(session, ["present", "confirmed", "of a room that is gone"]).count() == 2
    assert groups_of(present) == {"confirmed", "present"}
    assert names_of(["present"]) == ["people noted as present at a meeting"]
    assert offered(cast.session(self_paced=True), now)[-1].code == "waiting"
