import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from outbox.models import Heartbeat, Letter
from registrations import actions, tasks
from registrations.reminders import Due, due_now, remind, write_one
from tests import cast
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)
LONG_BEFORE = START - timedelta(days=30)
WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session():
    return cast.session(starts_at=START, places=3, joining_link="https://meet.example/room")


@pytest.fixture
def registration(session):
    return cast.register(session, cast.person("Amina Diallo"), now=LONG_BEFORE)


def reminders() -> list[tuple[str, str]]:
    """Kind and subject of the reminders written so far."""
    written = Letter.objects.filter(key__startswith="reminder/").order_by("pk")
    return [(letter.kind, letter.subject) for letter in written]


def test_a_week_a_day_and_an_hour_before(registration):
    for moment in (START - WEEK, START - DAY, START - HOUR):
        assert remind(now=moment - MINUTE) == 0
        assert remind(now=moment) == 1
        assert remind(now=moment + MINUTE) == 0
    assert reminders() == [
        ("reminder", "In 7 days: Water in dense cities"),
        ("reminder", "Tomorrow: Water in dense cities"),
        ("joining_link", "How to join, starting soon: Water in dense cities"),
    ]


def test_tomorrow_is_the_readers_tomorrow(session):
    """Twelve hours before, at 20:00 UTC, the session is tomorrow in Dakar and already today in Kiritimati (UTC+14)."""
    session.reminder_leads = [12 * 60]
    session.save()
    cast.register(session, cast.person("Teuea Toatu", timezone="Pacific/Kiritimati"), now=LONG_BEFORE)
    cast.register(session, cast.person("Amina Diallo", timezone="Africa/Dakar"), now=LONG_BEFORE)
    remind(now=START - timedelta(hours=12))
    assert [subject for _kind, subject in reminders()] == [
        "Today: Water in dense cities",
        "Tomorrow: Water in dense cities",
    ]


def test_the_joining_link_goes_out_an_hour_before_and_never_earlier(registration):
    for moment in (START - WEEK, START - DAY, START - HOUR):
        remind(now=moment)
    letters = Letter.objects.filter(person=registration.person)
    with_link = [
        letter.kind for letter in letters if "meet.example" in letter.text + letter.html + letter.calendar
    ]
    assert with_link == ["joining_link"]
    letter = letters.get(kind="joining_link")
    assert letter.calendar_method == "REQUEST"
    assert "https://meet.example/room" in letter.calendar.replace("\r\n ", "")


def test_the_link_goes_out_an_hour_before_also_where_staff_chose_other_reminders(session):
    session.reminder_leads = [3 * 24 * 60]
    session.save()
    cast.register(session, now=LONG_BEFORE)
    remind(now=START - timedelta(days=3))
    remind(now=START - HOUR)
    assert [kind for kind, _subject in reminders()] == ["reminder", "joining_link"]


def test_without_a_link_the_last_reminder_is_only_as_staff_chose(session):
    session.joining_link = ""
    session.reminder_leads = [24 * 60]
    session.save()
    cast.register(session, now=LONG_BEFORE)
    remind(now=START - DAY)
    remind(now=START - HOUR)
    assert [kind for kind, _subject in reminders()] == ["reminder"]


def test_without_reminders_and_link_nothing_is_written(session):
    session.joining_link, session.reminder_leads = "", []
    session.save()
    cast.register(session, now=LONG_BEFORE)
    assert remind(now=START - HOUR) == 0


def test_one_who_registers_after_a_reminders_moment_does_not_get_that_one(session):
    cast.register(session, now=START - DAY + MINUTE)
    assert remind(now=START - DAY + 2 * MINUTE) == 0
    assert remind(now=START - HOUR) == 1


def test_one_confirmed_within_the_last_hour_has_the_link_at_once(session):
    registration = cast.register(session, now=START - HOUR / 2)
    letter = Letter.objects.get(person=registration.person)
    assert letter.kind == "confirmation"
    assert "https://meet.example/room" in letter.text
    assert "https://meet.example/room" in letter.html
    assert remind(now=START - HOUR / 2 + MINUTE) == 0


def test_a_late_reminder_gives_way_to_the_next(registration):
    """Nothing ran for two days: the week's reminder is still due then; when the day's has come, that one alone goes."""
    assert remind(now=START - WEEK + timedelta(days=2)) == 1
    assert reminders() == [("reminder", "In 5 days: Water in dense cities")]
    assert remind(now=START - timedelta(hours=20)) == 1
    assert remind(now=START - MINUTE) == 1
    assert [kind for kind, _subject in reminders()] == ["reminder", "reminder", "joining_link"]


def test_nothing_is_written_once_it_started(registration):
    assert remind(now=START) == 0


def test_who_waits_or_cancelled_is_not_reminded(session):
    registrations = [cast.register(session, now=LONG_BEFORE) for _i in range(4)]
    actions.cancel(registration=registrations[0], by=registrations[0].person, now=START - 2 * DAY)
    last_in_line = registrations[3]  # let in two days before, so after the week's moment
    assert remind(now=START - 2 * DAY + HOUR) == 2
    assert not Letter.objects.filter(key__startswith=f"reminder/{last_in_line.pk}/").exists()
    assert remind(now=START - DAY) == 3


def test_a_cancelled_session_reminds_nobody(session, registration):
    actions.cancel_session(session=session, reason="", by=cast.secretary(), now=START - 2 * DAY)
    assert remind(now=START - DAY) == 0


def test_a_session_that_moved_reminds_anew_and_needs_no_repair(session, registration):
    remind(now=START - DAY)
    later = START + timedelta(days=20)
    actions.reschedule(session=session, by=cast.secretary(), starts_at=later, now=START - DAY + HOUR)
    assert remind(now=START - HOUR) == 0  # the old hour
    for moment in (later - WEEK, later - DAY, later - HOUR):
        assert remind(now=moment) == 1
    assert len(reminders()) == 4


def test_who_was_just_told_the_new_hour_is_not_reminded_of_it_at_once(session, registration):
    """The new hour is 20 hours away: the day's moment passed before the change, and the letter of change said it all."""
    now = START - timedelta(days=3)
    actions.reschedule(session=session, by=cast.secretary(), starts_at=now + timedelta(hours=20), now=now)
    assert remind(now=now + MINUTE) == 0
    assert remind(now=now + timedelta(hours=19)) == 1


def test_finding_what_is_due_takes_one_question_however_much_there_is(session, django_assert_num_queries):
    cast.register(session, now=LONG_BEFORE)
    with django_assert_num_queries(1):
        assert len(due_now(START - DAY)) == 1
    for _i in range(3):
        another = cast.session(session.activity, starts_at=START, places=None)
        for person in cast.people(3):
            cast.register(another, person, now=LONG_BEFORE)
    with django_assert_num_queries(1):
        assert len(due_now(START - DAY)) == 10


def test_one_bad_row_is_logged_and_holds_back_nobody_else(session, monkeypatch, caplog):
    registrations = [cast.register(session, now=LONG_BEFORE) for _i in range(3)]
    from registrations import letters

    whole = letters.reminder

    def reminder(registration, **options):
        if registration == registrations[1]:
            raise RuntimeError("cannot be worded")
        return whole(registration, **options)

    monkeypatch.setattr(letters, "reminder", reminder)
    assert remind(now=START - DAY) == 2
    assert f"The reminder for registration {registrations[1].pk} was not written." in caplog.text
    monkeypatch.undo()
    assert remind(now=START - DAY + MINUTE) == 1


def test_what_changed_between_finding_and_writing_is_seen(session, registration, monkeypatch):
    """Found as due, then cancelled by somebody, then written? No."""
    due = due_now(START - DAY)
    assert len(due) == 1
    actions.cancel(registration=registration, by=registration.person, now=START - DAY)
    monkeypatch.setattr("registrations.reminders.due_now", lambda now: due)
    assert remind(now=START - DAY) == 0


def test_the_beat_calls_the_task_every_minute(settings):
    calls = [call for call in settings.CELERY_BEAT_SCHEDULE.values() if call["task"] == tasks.remind.name]
    assert [call["schedule"] for call in calls] == [MINUTE]


def test_the_task_tells_that_it_is_alive(time_machine, registration):
    time_machine.move_to(START - DAY, tick=False)
    assert tasks.remind() == 1
    assert Heartbeat.objects.get(name="remind").at == START - DAY


@pytest.mark.django_db(transaction=True)
def test_two_beats_and_two_workers_write_each_reminder_once():
    session = cast.session(starts_at=START, places=None)
    for person in cast.people(12):
        cast.register(session, person, now=LONG_BEFORE)
    start = threading.Barrier(4)

    def tick(_number) -> int:
        try:
            start.wait(timeout=PATIENCE)
            return remind(now=START - DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(tick, range(4)))

    assert sum(written) == 12
    assert len(reminders()) == 12


def test_who_wants_no_reminders_gets_none_but_the_link_to_join(registration):
    registration.person.reminders = False
    registration.person.save()
    for moment in (START - WEEK, START - DAY, START - HOUR):
        remind(now=moment)
    assert [kind for kind, _subject in reminders()] == ["joining_link"]


def test_who_wants_no_reminders_and_has_no_link_gets_nothing(session, registration):
    session.joining_link = ""
    session.save()
    registration.person.reminders = False
    registration.person.save()
    assert [remind(now=moment) for moment in (START - WEEK, START - DAY, START - HOUR)] == [0, 0, 0]


def test_a_wish_that_came_between_finding_and_writing_counts(registration):
    (due,) = due_now(START - DAY)
    registration.person.reminders = False
    registration.person.save()
    assert write_one(due, now=START - DAY) is None


def test_a_reminder_says_how_to_have_no_more_and_the_link_to_join_does_not(client, registration):
    remind(now=START - DAY)
    remind(now=START - HOUR)
    reminder = Letter.objects.get(kind="reminder")
    assert reminder.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = reminder.headers["List-Unsubscribe"].strip("<>")
    assert address in reminder.text
    assert Letter.objects.get(kind="joining_link").headers == {}
    assert client.post(urlsplit(address).path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    registration.person.refresh_from_db()
    assert not registration.person.reminders


def cancel(registration):
    actions.cancel(registration=registration, by=registration.person, now=START - DAY)


def call_off(registration):
    actions.cancel_session(session=registration.session, reason="", by=cast.secretary(), now=START - DAY)


def move(registration):
    later = START + 3 * HOUR
    actions.reschedule(session=registration.session, by=cast.secretary(), starts_at=later, now=START - DAY)


def tell_the_place(registration):
    actions.reschedule(session=registration.session, by=cast.secretary(), venue="City Hall", now=START - DAY)


def change(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


# What happens between finding the day's reminder and writing it, and whether it is still due.
MEANWHILE = {
    "nothing": (lambda _registration: None, True),
    "cancelled": (cancel, False),
    "called off": (call_off, False),
    "moved": (move, False),
    "told the place": (tell_the_place, False),
    "refused": (lambda registration: change(registration.person, reminders=False), False),
    "confirmed anew": (lambda registration: change(registration, confirmed_at=START - DAY + MINUTE), False),
    "written by another": (lambda _registration: remind(now=START - DAY), False),
    "other reminders": (
        lambda registration: change(registration.session, reminder_leads=[7 * 24 * 60]),
        False,
    ),
    "a nearer one": (
        lambda registration: change(registration.session, reminder_leads=[24 * 60, 23 * 60]),
        True,
    ),
    "no link": (lambda registration: change(registration.session, joining_link=""), True),
}


@pytest.mark.parametrize(("happens", "still"), MEANWHILE.values(), ids=MEANWHILE)
def test_finding_and_writing_go_by_the_same_rule(registration, happens, still):
    (due,) = due_now(START - DAY)
    happens(registration)
    assert (due in due_now(START - DAY)) is still
    assert (write_one(due, now=START - DAY) is not None) is still


@pytest.mark.parametrize(("first", "due"), [(True, [24 * 60]), (False, [])])
def test_of_several_meetings_a_day_the_first_is_reminded_of_the_day_before(first, due):
    """Whether the evening is the first of its day: found and written alike."""
    morning, evening = START + 3 * DAY, START + 3 * DAY + 3 * HOUR
    hours = [(START, START + HOUR, ""), (morning, morning + HOUR, ""), (evening, evening + HOUR, "")]
    session = cast.session(meetings=[meeting for meeting in hours if meeting[0] != morning or not first])
    registration = cast.register(session, now=LONG_BEFORE)
    moment = evening - DAY
    of_evening = [reminder for reminder in due_now(moment) if reminder.starts_at == evening]
    assert [reminder.lead for reminder in of_evening] == due
    whole = Due(registration.pk, session.pk, evening, 24 * 60)
    assert (write_one(whole, now=moment) is not None) is first
