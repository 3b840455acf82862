from datetime import UTC, datetime, timedelta

import pytest

from catalog.errors import MeetingsOverlap
from outbox.models import Letter
from registrations import actions, errors
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
START = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)  # 17:00 in Seoul
HOUR = timedelta(hours=1)


@pytest.fixture
def session():
    return cast.session(starts_at=START, lasts=HOUR, places=1)


def changed(person=None) -> Letter:
    return Letter.objects.get(kind="session_changed", **({"person": person} if person else {}))


def times(session) -> list[tuple[datetime, datetime]]:
    return list(session.meetings.values_list("starts_at", "ends_at"))


def test_a_new_hour_is_told_to_all_who_stand_the_old_beside_the_new(session):
    confirmed = cast.register(session, cast.person("Amina Diallo"), now=NOW)
    waiting = cast.register(session, cast.person("Kofi Mensah", timezone="America/Mexico_City"), now=NOW)

    letters = actions.reschedule(
        session=session, by=cast.secretary(), starts_at=START + timedelta(days=3), now=NOW
    )

    assert letters == 2
    session.refresh_from_db()
    assert (session.starts_at, session.ends_at) == (
        START + timedelta(days=3),
        START + timedelta(days=3, hours=1),
    )
    assert times(session) == [(session.starts_at, session.ends_at)]
    assert session.sequence == 1
    letter = changed(confirmed.person)
    assert letter.subject == "New date: Water in dense cities"
    was = letter.text.index("Friday 11 December 2026, 08:00–09:00 (Dakar, UTC+0)")
    now = letter.text.index("Monday 14 December 2026, 08:00–09:00 (Dakar, UTC+0)")
    assert was < now
    assert "17:00–18:00 in Seoul (UTC+9)" in letter.text
    assert "You keep your place. The calendar entry" in letter.text
    assert letter.calendar_method == "REQUEST"
    letter_to_waiting = changed(waiting.person)
    assert "Friday 11 December 2026, 02:00–03:00 (Mexico City, UTC−6)" in letter_to_waiting.text
    assert "You keep your place in the waiting list." in letter_to_waiting.text
    assert "link to join" not in letter_to_waiting.text
    assert letter_to_waiting.calendar == ""


def test_a_new_place_alone_does_not_speak_of_the_hour(session):
    registration = cast.register(session, cast.person(language="fr"), now=NOW)
    letters = actions.reschedule(
        session=session, by=cast.secretary(), venue={"en": "City Hall", "fr": "Hôtel de Ville"}, now=NOW
    )
    assert letters == 1
    letter = changed(registration.person)
    assert "Hôtel de Ville" in letter.text
    assert letter.text.count("vendredi 11 décembre 2026, 08:00–09:00 (Dakar, UTC+0)") == 1
    session.refresh_from_db()
    assert times(session) == [(START, START + HOUR)]
    assert session.sequence == 1


def test_date_and_place_change_in_one_letter(session):
    cast.register(session, now=NOW)
    actions.reschedule(
        session=session, by=cast.secretary(), starts_at=START + HOUR, venue="City Hall", now=NOW
    )
    letter = changed()
    assert letter.subject == "New date and venue: Water in dense cities"
    assert "It was at: Online" in letter.text
    assert "It is now at: City Hall, and online" in letter.text


def test_what_does_not_change_anything_is_told_to_nobody(session):
    cast.register(session, now=NOW)
    for nothing in ({}, {"starts_at": START}, {"venue": ""}, {"joining_link": session.joining_link}):
        assert actions.reschedule(session=session, by=cast.secretary(), now=NOW, **nothing) == 0
    session.refresh_from_db()
    assert session.sequence == 0
    assert not Letter.objects.filter(kind="session_changed").exists()


def test_a_link_nobody_has_seen_changes_quietly(session):
    cast.register(session, now=NOW)
    new = "https://meet.example/other"
    assert actions.reschedule(session=session, by=cast.secretary(), joining_link=new, now=NOW) == 0
    session.refresh_from_db()
    assert session.joining_link == new


def test_within_the_hour_a_new_link_is_told_to_the_confirmed_only(session):
    confirmed, _waiting = cast.register(session, now=NOW), cast.register(session, now=NOW)
    letters = actions.reschedule(
        session=session,
        by=cast.secretary(),
        joining_link="https://meet.example/other",
        now=START - timedelta(minutes=10),
    )
    assert letters == 1
    letter = changed(confirmed.person)
    assert letter.subject == "New joining link: Water in dense cities"
    assert "https://meet.example/other" in letter.text
    assert "https://meet.example/other" in letter.calendar.replace("\r\n ", "")


def test_several_meetings_move_together_and_keep_their_hour_across_a_change_of_the_clocks():
    madrid = cast.host("secretariat-general")
    weekly = [datetime(2026, 10, 6, 14, 0, tzinfo=UTC) + timedelta(weeks=week) for week in range(2)]  # 16:00
    session = cast.session(
        cast.activity(host=madrid), meetings=[(at, at + HOUR, f"Part {n}") for n, at in enumerate(weekly, 1)]
    )
    # Two weeks later in Madrid: the second meeting is after the clocks went back on 25 October.
    actions.reschedule(
        session=session,
        by=cast.secretary(),
        starts_at=datetime(2026, 10, 20, 14, 0, tzinfo=UTC),
        now=weekly[0] - timedelta(days=30),
    )
    assert [
        (meeting.starts_at.astimezone(session.zone).strftime("%d %H:%M"), meeting.title)
        for meeting in session.meetings.all()
    ] == [("20 16:00", "Part 1"), ("27 16:00", "Part 2")]
    assert times(session)[1][0] == datetime(2026, 10, 27, 15, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="give its meetings"):
        actions.reschedule(session=session, by=cast.secretary(), ends_at=weekly[1] + HOUR * 4, now=NOW)


def test_other_meetings_replace_the_old(session):
    cast.register(session, now=NOW)
    days = [START + timedelta(days=day) for day in range(3)]
    meetings = [(day, day + HOUR, {"en": f"Day {n}", "fr": f"Jour {n}"}) for n, day in enumerate(days, 1)]
    assert actions.reschedule(session=session, by=cast.secretary(), meetings=meetings, now=NOW) == 1
    session.refresh_from_db()
    assert (session.starts_at, session.ends_at) == (START, days[2] + HOUR)
    assert "Day 3" in changed().text


def test_the_window_of_a_self_paced_course_moves():
    course = cast.session(self_paced=True, starts_at=START, lasts=timedelta(days=30))
    cast.register(course, now=NOW)
    later = START + timedelta(days=60)
    assert actions.reschedule(session=course, by=cast.secretary(), ends_at=later, now=NOW) == 1
    course.refresh_from_db()
    assert (course.starts_at, course.ends_at, course.closes_at) == (START, later, later)


def test_a_session_that_lies_ahead_again_lets_in_who_waited(session):
    first, second = cast.register(session, now=NOW), cast.register(session, now=NOW)
    actions.cancel(registration=first, by=first.person, now=START)
    actions.reschedule(
        session=session,
        by=cast.secretary(),
        starts_at=START + timedelta(days=1),
        now=START + timedelta(minutes=5),
    )
    second.refresh_from_db()
    assert second.is_confirmed


def test_neither_a_cancelled_session_nor_one_in_the_past_is_rescheduled(session):
    with pytest.raises(errors.SessionIsOver):
        actions.reschedule(session=session, by=cast.secretary(), starts_at=NOW - timedelta(days=1), now=NOW)
    session.refresh_from_db()
    assert session.starts_at == START
    actions.cancel_session(session=session, reason="", by=cast.secretary(), now=NOW)
    with pytest.raises(errors.SessionCancelled):
        actions.reschedule(session=session, by=cast.secretary(), starts_at=START + HOUR, now=NOW)


def test_meetings_that_overlap_change_nothing(session):
    with pytest.raises(MeetingsOverlap):
        actions.reschedule(
            session=session,
            by=cast.secretary(),
            meetings=[(START, START + HOUR, ""), (START + HOUR / 2, START + 2 * HOUR, "")],
            venue="City Hall",
            now=NOW,
        )
    session.refresh_from_db()
    assert (session.venue, times(session)) == ("", [(START, START + HOUR)])


# What the place was and is, as English and French text; what readers of each language are told, or nothing.
PLACES = [
    ({"en": "Main hall"}, {"en": "Main hall", "fr": "Grande salle"}, None),
    ({"en": "Main hall", "fr": "Grande sale"}, {"en": "Main hall", "fr": "Grande salle"}, None),
    ({"en": "Main hall", "fr": "Grande salle"}, {"en": "Main hall"}, None),
    ({"en": "Main hall"}, {"en": " Main  hall "}, None),
    ({"fr": "Grande salle"}, {"en": "Main hall", "fr": "Grande salle"}, None),
    ({"en": "Main hall", "fr": "Grande salle"}, {"en": "Annex", "fr": "Grande salle"}, ("Annex", "Annex")),
    ({"en": "Main hall", "fr": "Grande salle"}, {"en": "Annex", "fr": "Annexe"}, ("Annex", "Annexe")),
    ({"en": "Main hall", "fr": "Grande salle"}, {"en": "Annex"}, ("Annex", "Annex")),
    ({"fr": "Grande salle"}, {"fr": "Annexe"}, ("Annexe", "Annexe")),
    ({"en": "Main hall"}, {}, ("Online", "En ligne")),
    ({}, {"fr": "Annexe"}, ("Annexe", "Annexe")),
]


@pytest.mark.parametrize(("before", "after", "new_place"), PLACES)
def test_a_translation_moves_nobody_and_a_move_is_told_to_all(session, before, after, new_place):
    blank = {"en": "", "fr": "", "es": ""}
    session.joining_link, session.places = "", 9
    for language, text in before.items():
        setattr(session, f"venue_{language}", text)
    session.save()
    readers = [
        cast.register(session, cast.person(name, language=language), now=NOW).person
        for name, language in [("Ana Silva", "en"), ("Awa Ba", "fr"), ("Salma Haddad", "ar")]
    ]
    actions.reschedule(session=session, by=cast.secretary(), venue=blank | after, now=NOW)
    session.refresh_from_db()
    if new_place is None:
        assert (session.sequence, Letter.objects.filter(kind="session_changed").count()) == (0, 0)
        return
    assert session.sequence == 1
    english, french, arabic = (changed(person) for person in readers)
    assert english.subject == "New venue: Water in dense cities"
    assert f"It is now at: {new_place[0]}\n" in english.text
    assert french.subject.startswith("Nouveau lieu")
    assert f"{new_place[1]}\n" in french.text
    if new_place[0] != "Online":
        assert new_place[0] in arabic.text
        assert f"LOCATION:{new_place[1]}" in french.calendar
    stale = before.get("fr", "")
    if stale and after.get("fr", stale) == stale and "en" in after:
        assert session.venue_fr == "", "a translation that did not follow is taken out"


def test_new_words_about_joining_are_not_told_as_a_new_link():
    session = cast.session(starts_at=START, lasts=HOUR, joining_link="https://meet.example.org/1")
    cast.register(session, cast.person("Ana Silva"), now=NOW)
    soon = START - timedelta(minutes=20)
    actions.reschedule(session=session, by=cast.secretary(), joining_note="Use your full name.", now=soon)
    letter = changed()
    assert letter.subject == "How to join: Water in dense cities"
    assert "Use your full name." in letter.text
    assert "not the earlier one" not in letter.text + letter.html
