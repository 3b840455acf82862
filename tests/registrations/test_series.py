"""A series is its meetings: what is done before, at and between them."""

from datetime import UTC, datetime, timedelta

import pytest

from outbox.models import Letter
from registrations import actions, errors, joining
from registrations.eligibility import first_refusal
from registrations.models import Registration
from registrations.reminders import due_now, remind
from tests import cast

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY, WEEK = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days", "weeks"))
# Sundays at 16:00 UTC, which is Monday 01:00 in Seoul.
SUNDAYS = [datetime(2026, 11, 15, 16, 0, tzinfo=UTC) + week * WEEK for week in range(3)]
LONG_BEFORE = SUNDAYS[0] - 30 * DAY


def series(starts=SUNDAYS, lasts=HOUR, **fields):
    return cast.session(
        meetings=[(at, at + lasts, f"Part {number}") for number, at in enumerate(starts, 1)], **fields
    )


def written() -> list[tuple[str, datetime]]:
    """The lead of each reminder written so far, and the start of its meeting."""
    keys = Letter.objects.filter(key__startswith="reminder/").order_by("pk").values_list("key", flat=True)
    return [
        (lead, datetime.fromtimestamp(int(start), UTC))
        for _name, _registration, lead, start in (key.split("/") for key in keys)
    ]


def every(step: timedelta, first: datetime, last: datetime) -> list[datetime]:
    return [first + number * step for number in range((last - first) // step + 1)]


def test_each_meeting_is_reminded_of_and_a_week_before_the_first_only():
    cast.register(series(), now=LONG_BEFORE)
    for moment in every(HOUR, SUNDAYS[0] - 8 * DAY, SUNDAYS[2] + DAY):
        remind(now=moment)
    week, day, hour = "10080", "1440", "60"
    assert written() == [
        (week, SUNDAYS[0]),
        (day, SUNDAYS[0]),
        (hour, SUNDAYS[0]),
        (day, SUNDAYS[1]),
        (hour, SUNDAYS[1]),
        (day, SUNDAYS[2]),
        (hour, SUNDAYS[2]),
    ]


# Hours of UTC on days of December, the host's zone, and for which of them a reminder of a day is written.
DAILY = {
    "four days in a row": ("7T01 8T01 9T01 10T01", "Asia/Seoul", [0, 1, 2, 3]),
    "mornings and afternoons": ("7T08 7T13 8T08 8T13", "Europe/Madrid", [0, 2]),
    "one day of the host, two of UTC": ("7T22 8T02", "America/Mexico_City", [0]),
    "two days of the host, one of UTC": ("7T02 7T20", "America/Mexico_City", [0, 1]),
}


@pytest.mark.parametrize(("starts", "zone", "reminded"), DAILY.values(), ids=DAILY)
def test_of_several_meetings_on_one_day_the_first_is_reminded_of_a_day_before(starts, zone, reminded):
    starts = [
        datetime(2026, 12, int(day), int(hour), tzinfo=UTC)
        for day, hour in (start.split("T") for start in starts.split())
    ]
    session = series(starts, timezone=zone)
    cast.register(session, now=LONG_BEFORE)
    for moment in every(HOUR, starts[0] - DAY, starts[-1]):
        remind(now=moment)
    days = [start for lead, start in written() if lead == "1440"]
    assert days == [starts[number] for number in reminded]
    assert [start for lead, start in written() if lead == "60"] == starts


def test_a_later_reminder_tells_its_meeting_and_only_those_to_come():
    cast.register(series(), cast.person("Amina Diallo", reminders=True), now=LONG_BEFORE)
    remind(now=SUNDAYS[1] - DAY)
    letter = Letter.objects.get(kind="reminder")
    assert letter.subject == "Tomorrow: Water in dense cities"
    news, _offered, rest = letter.text.partition("Offered by")
    assert "The next meeting is tomorrow:\n  Part 2\n  Sunday 22 November 2026, 16:00–17:00" in news
    assert "Part 1" not in letter.text + letter.html
    assert "Part 3" in rest
    remind(now=SUNDAYS[1] - HOUR)
    letter = Letter.objects.get(kind="joining_link")
    assert "The next meeting is about to start. Here is the link" in letter.text
    assert "https://meet.example/room" in letter.text


def test_what_was_reminded_of_before_series_were_their_meetings_counts():
    """The key of a first meeting is what it always was, so the day of the change brings nothing twice."""
    session = series()
    registration = cast.register(session, now=LONG_BEFORE)
    for lead in (10080, 1440):
        Letter.objects.create(
            key=f"reminder/{registration.pk}/{lead}/{int(session.starts_at.timestamp())}",
            kind="reminder",
            to="a@city.example",
            message_id=f"<{lead}@x>",
        )
    for moment in every(HOUR, SUNDAYS[0] - 8 * DAY, SUNDAYS[0] - 2 * HOUR):
        assert remind(now=moment) == 0


def test_a_moved_meeting_is_reminded_of_anew_and_the_others_are_not():
    session = series()
    cast.register(session, now=LONG_BEFORE)
    remind(now=SUNDAYS[1] - HOUR)
    moved = [*SUNDAYS[:2], SUNDAYS[2] + 2 * DAY]
    actions.reschedule(
        session=session,
        by=cast.secretary(),
        meetings=[(at, at + HOUR, f"Part {number}") for number, at in enumerate(moved, 1)],
        now=SUNDAYS[1] - HOUR / 2,
    )
    # Told of the change within the hour of the second; its link had been written before.
    assert remind(now=SUNDAYS[1] - 5 * MINUTE) == 0
    assert remind(now=SUNDAYS[2] - HOUR) == 0
    assert remind(now=moved[2] - DAY) == 1


def test_what_is_due_is_asked_once_however_many_meetings_there_are(django_assert_num_queries):
    cast.register(series([SUNDAYS[0] + number * DAY for number in range(12)]), now=LONG_BEFORE)
    with django_assert_num_queries(1):
        assert [due.starts_at for due in due_now(SUNDAYS[0] + 4 * DAY)] == [SUNDAYS[0] + 5 * DAY]


def test_the_link_to_join_is_there_around_each_meeting_and_not_between():
    session = series()
    registration = cast.register(session, now=LONG_BEFORE)
    shown = [
        moment
        for moment in every(HOUR / 2, SUNDAYS[0] - DAY, SUNDAYS[2] + DAY)
        if joining.may_see(registration, moment)
    ]
    assert shown == [at + minutes * MINUTE for at in SUNDAYS for minutes in (-60, -30, 0, 30)]
    assert joining.opens_at(session, SUNDAYS[0] + 2 * HOUR) == SUNDAYS[1] - HOUR


def test_a_late_comer_registers_for_the_rest_where_the_host_lets_them():
    between = SUNDAYS[0] + DAY
    closed, open_still = series(), series(late_registration=True, places=1)
    kofi = cast.person("Kofi Mensah")
    assert isinstance(first_refusal(closed, kofi, between), errors.RegistrationClosed)
    first = cast.register(open_still, kofi, now=between)
    assert first.state == Registration.State.CONFIRMED
    letter = Letter.objects.get(kind="confirmation", person=kofi)
    assert "Part 1" not in letter.text
    assert "Part 2" in letter.text
    # There a place that becomes free is the next one's, also after the start.
    second = cast.register(open_still, now=between)
    actions.cancel(registration=first, by=kofi, now=between)
    second.refresh_from_db()
    assert second.is_confirmed
    assert remind(now=SUNDAYS[1] - DAY) == 1
    assert isinstance(first_refusal(open_still, kofi, SUNDAYS[2] + HOUR), errors.SessionIsOver)


def changed(person) -> Letter:
    return Letter.objects.get(kind="session_changed", person=person)


def parts(*numbers: int, moved: dict[int, timedelta] | None = None):
    """These parts of the series, in times."""
    moved = moved or {}
    starts = {number: SUNDAYS[number - 1] + moved.get(number, timedelta()) for number in numbers}
    return [(at, at + HOUR, f"Part {number}") for number, at in starts.items()]


def test_a_meeting_that_is_dropped_is_told_as_that_and_why():
    session = series()
    english, french = cast.person("Amina Diallo"), cast.person("Léa Roy", language="fr")
    for person in (english, french):
        cast.register(session, person, now=LONG_BEFORE)
    reason = {"en": "The speaker is ill.", "fr": "L’intervenante est malade."}
    letters = actions.reschedule(
        session=session, by=cast.secretary(), meetings=parts(1, 3), reason=reason, now=LONG_BEFORE
    )
    assert letters == 2
    letter = changed(english)
    assert letter.subject == "A meeting no longer takes place: Water in dense cities"
    news, _now, rest = letter.text.partition("The whole session as it is now:")
    assert "No longer takes place:\n  Part 2\n  Sunday 22 November 2026, 16:00–17:00" in news
    assert "The reason: The speaker is ill." in news
    assert "It was" not in news
    assert "Part 1" not in news
    assert "Part 2" not in rest
    assert "Part 2" not in letter.calendar
    assert "L’intervenante est malade." in changed(french).text
    assert "The speaker is ill." in letter.html


# What is given of three parts, with the subject of the letter, and what of them its news name.
CHANGES = {
    "one moved": (
        lambda: parts(1, 2, 3, moved={2: DAY}),
        "New date: Water in dense cities",
        {"It was:": "Part 2", "It is now:": "Part 2"},
    ),
    "two dropped": (
        lambda: parts(2),
        "2 meetings no longer take place: Water in dense cities",
        {"No longer takes place:": "Part 1"},
    ),
    "one moved and one dropped": (
        lambda: parts(1, 3, moved={3: DAY}),
        "New date: Water in dense cities",
        {"It was:": "Part 3", "No longer takes place:": "Part 2"},
    ),
    "one new": (
        lambda: [*parts(1, 2, 3), (SUNDAYS[2] + WEEK, SUNDAYS[2] + WEEK + HOUR, "Closing")],
        "New date: Water in dense cities",
        {"New:": "Closing"},
    ),
}
HEADINGS = ("It was:", "It is now:", "No longer takes place:", "New:")


@pytest.mark.parametrize(("meetings", "subject", "news"), CHANGES.values(), ids=CHANGES)
def test_what_became_of_each_meeting_is_told(meetings, subject, news):
    session = series()
    person = cast.person()
    cast.register(session, person, now=LONG_BEFORE)
    actions.reschedule(session=session, by=cast.secretary(), meetings=meetings(), now=LONG_BEFORE)
    letter = changed(person)
    assert letter.subject == subject
    news_text, _now, _rest = letter.text.partition("The whole session as it is now:")
    for heading, part in news.items():
        assert f"{heading}\n  {part}\n" in news_text
    assert {heading for heading in HEADINGS if heading in news_text} >= set(news)
    assert "The reason" not in news_text


def test_a_letter_promises_the_place_to_somebody_else_only_while_somebody_could_have_it():
    cast.register(series(), now=LONG_BEFORE)
    remind(now=SUNDAYS[0] - DAY)
    assert "give your place to someone who can" in Letter.objects.latest("pk").text
    remind(now=SUNDAYS[1] - DAY)
    assert "give your place" not in Letter.objects.latest("pk").text
