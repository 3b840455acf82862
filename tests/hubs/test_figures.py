"""What figures tell of who was there: each rule at its edge."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from accounts.erasing import erase_person
from accounts.models import User
from attendance import actions
from attendance.models import Guest
from catalog.models import Meeting, Session
from figures.report import station_report, year_report
from hubs import actions as hub_actions
from hubs.delivered import (
    Delivered,
    counted_agreements,
    counted_hosts,
    delivered,
    delivered_together,
    met,
    people_of_hosts,
)
from hubs.models import Agreement, Host
from hubs.wording import said_beside
from registrations import actions as registration_actions
from tests import cast

from .agreements import noon, signed

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 10)
LATER = noon(date(2027, 12, 1))
HOUR = timedelta(hours=1)


@pytest.fixture
def hub() -> Host:
    return cast.host("chengdu")


def held(host: Host, *people: User, day: date = DAY, meetings: int = 1) -> Session:
    """A session of meetings of two hours on as many days, for which these registered."""
    first = noon(day, hour=4)
    hours = [(first + timedelta(days=n), first + timedelta(days=n) + 2 * HOUR, "") for n in range(meetings)]
    session = cast.session(cast.activity(f"On {day}", host=host), meetings=hours, places=None)
    for person in people:
        cast.register(session, person, now=first - timedelta(days=3))
    return session


def take(
    session: Session, *present: User, excused: tuple[User, ...] = (), minutes=None, day: int = 1
) -> Meeting:
    """Somebody notes who is there, and closes the list of that day."""
    meeting, by = session.meetings.order_by("starts_at")[day - 1], cast.superuser()
    for state, people in (("present", present), ("excused", excused)):
        for person in people:
            registration = session.registrations.get(person=person)
            actions.note(
                registration=registration,
                meeting=meeting,
                state=state,
                by=by,
                minutes=minutes if state == "present" else None,
                now=meeting.starts_at,
            )
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    return meeting


def figures(host: Host, year: int = 2027, now: datetime = LATER) -> Delivered:
    rows = counted_hosts(
        Host.objects.filter(pk=host.pk), first=date(year, 1, 1), last=date(year, 12, 31), now=now
    )
    return delivered(rows.get())


def people_told(of: Delivered) -> tuple[int, int]:
    return of.attended, of.registered_only


def test_who_was_present_attended_and_who_was_excused_or_absent_did_not(hub):
    came, excused, absent = cast.people(3)
    take(held(hub, came, excused, absent), came, excused=(excused,))
    assert people_told(figures(hub)) == (1, 0)
    assert (figures(hub).sessions, figures(hub).recorded) == (1, 1)


def test_where_attendance_was_not_taken_people_are_registered_and_no_more(hub):
    first, second = cast.people(2)
    session = held(hub, first, second)
    assert people_told(figures(hub)) == (0, 2)
    meeting = session.meetings.get()
    actions.close(meeting=meeting, by=cast.superuser(), taken=False, now=meeting.ends_at)
    assert people_told(figures(hub)) == (0, 2)
    assert (figures(hub).sessions, figures(hub).recorded) == (1, 0)


def test_notes_on_a_list_that_nobody_closed_count_nobody(hub):
    person = cast.people(1)[0]
    session = held(hub, person)
    meeting = session.meetings.get()
    actions.note(
        registration=session.registrations.get(),
        meeting=meeting,
        state="present",
        by=cast.superuser(),
        now=meeting.starts_at,
    )
    assert people_told(figures(hub)) == (0, 1)
    actions.close(meeting=meeting, by=cast.superuser(), now=meeting.ends_at)
    assert people_told(figures(hub)) == (1, 0)
    actions.open_again(meeting=meeting, by=cast.superuser(), why="One is missing.", now=LATER)
    assert people_told(figures(hub)) == (0, 1)


def test_everybody_counts_once_where_most_is_known_of_them(hub):
    both, came, registered = cast.people(3)
    take(held(hub, both, came), both, came)
    take(held(hub, both, day=date(2027, 4, 1)), both)
    held(hub, both, registered, day=date(2027, 5, 1))
    assert people_told(figures(hub)) == (2, 1)
    assert (figures(hub).sessions, figures(hub).recorded) == (3, 2)


def test_one_meeting_of_several_is_enough(hub):
    came, absent = cast.people(2)
    session = held(hub, came, absent, meetings=3)
    take(session, came, day=2)
    assert people_told(figures(hub)) == (1, 0)
    line = year_report(hub, 2027, now=LATER).sessions[0]
    assert (line.attended, line.registered, line.taken, line.meetings) == (1, 2, 1, 3)
    assert line.attendance == "recorded at 1 of 3 meetings"


def test_who_gave_up_their_place_after_they_had_come_attended(hub):
    came, other = cast.people(2)
    session = held(hub, came, other)
    take(session, came)
    registration = session.registrations.get(person=came)
    registration.state, registration.cancelled_at, registration.cancelled_for = "cancelled", LATER, "staff"
    registration.save()
    assert people_told(figures(hub)) == (1, 0)


def test_what_was_called_off_or_is_not_over_counts_nobody(hub):
    people = cast.people(2)
    session = held(hub, *people, meetings=2)
    first = take(session, *people)
    assert people_told(figures(hub, now=first.ends_at + HOUR)) == (0, 0)
    assert people_told(figures(hub)) == (2, 0)
    registration_actions.cancel_session(
        session=session, reason="Flood.", by=cast.superuser(), now=first.ends_at + HOUR
    )
    assert people_told(figures(hub)) == (0, 0)
    assert figures(hub).minutes_attended == 0


def test_an_erased_person_still_counts(hub):
    came, other = cast.people(2)
    take(held(hub, came, other), came, other)
    erase_person(person=came, by=cast.superuser(), now=LATER)
    assert people_told(figures(hub)) == (2, 0)


def test_guests_count_apart_until_they_are_registered(hub):
    came = cast.people(1)[0]
    session = held(hub, came)
    meeting = session.meetings.get()
    for name in ("Ada", "Ben"):
        Guest.objects.create(meeting=meeting, name=name, email=f"{name}@door.example")
    assert figures(hub).guests == 0  # the list is not closed
    take(session, came)
    assert (figures(hub).guests, figures(hub).attended) == (2, 1)
    Guest.objects.filter(name="Ben").update(registration=session.registrations.get())
    assert (figures(hub).guests, figures(hub).attended) == (1, 1)


def test_minutes_that_nobody_measured_are_the_meetings(hub):
    measured, other, absent = cast.people(3)
    session = held(hub, measured, other, absent)
    meeting = session.meetings.get()
    registration = session.registrations.get(person=measured)
    actions.note(
        registration=registration,
        meeting=meeting,
        state="present",
        source="report",
        minutes=45,
        by=cast.superuser(),
        now=meeting.ends_at,
    )
    take(session, other)
    assert (figures(hub).minutes, figures(hub).minutes_attended) == (120, 45 + 120)


def test_countries_are_those_of_who_attended(hub):
    [peru], [kenya], [nowhere] = (cast.people(1, country=code) for code in ("PE", "KE", "SN"))
    take(held(hub, peru, nowhere), peru, nowhere)
    held(hub, peru, kenya, day=date(2027, 5, 1))
    User.objects.filter(pk=nowhere.pk).update(country="")
    assert (figures(hub).countries, figures(hub).countries_registered) == (1, 1)
    countries = year_report(hub, 2027, now=LATER).countries
    assert [(line.name, line.attended, line.registered) for line in countries] == [
        ("not known", 1, 0),
        ("Peru", 1, 0),
        ("Kenya", 0, 1),
    ]


def test_a_session_counts_in_the_year_in_which_it_ends_on_the_hosts_clock(hub):
    """17:00 UTC on 31 December is January in Chengdu."""
    person = cast.people(1)[0]
    across = cast.session(
        cast.activity("Across", host=hub),
        meetings=[
            (datetime(2027, 12, 30, 4, tzinfo=UTC), datetime(2027, 12, 30, 6, tzinfo=UTC), ""),
            (datetime(2027, 12, 31, 15, tzinfo=UTC), datetime(2027, 12, 31, 17, tzinfo=UTC), ""),
        ],
    )
    cast.register(across, person, now=noon(date(2027, 12, 1)))
    take(across, person)
    now = noon(date(2028, 6, 1))
    for year, count in ((2027, 0), (2028, 1)):
        report = year_report(hub, year, now=now)
        assert (report.totals.attended, len(report.sessions), sum(c.attended for c in report.countries)) == (
            (count,) * 3
        )
        together = delivered_together(first=date(year, 1, 1), last=date(year, 12, 31), now=now)
        assert (together.attended, together.sessions, together.minutes) == (count, count, 240 * count)


# Promises


def promise(host: Host, promised: int):
    agreement = signed(host)
    milestone = hub_actions.add_milestone(
        agreement=agreement,
        kind="activity",
        title="Officials take part",
        measure="participants",
        promised=promised,
        due_on=date(2027, 12, 1),
        by=None,
    )
    return milestone, lambda: delivered(
        counted_agreements(Agreement.objects.filter(pk=agreement.pk), now=LATER).get()
    )


def test_a_promise_of_participants_is_met_by_who_attended(hub):
    milestone, so_far = promise(hub, 2)
    people = cast.people(3)
    session = held(hub, *people)
    assert (so_far().counted("participants"), met(milestone, so_far())) == (0, False)
    assert said_beside(milestone, so_far()) == "3 more registered, attendance not recorded"
    take(session, *people[:2])
    assert (so_far().counted("participants"), met(milestone, so_far())) == (2, True)
    assert said_beside(milestone, so_far()) == ""


def test_what_ended_before_attendance_could_be_taken_counts_by_registrations(hub):
    milestone, so_far = promise(hub, 2)
    people = cast.people(2)
    session = held(hub, *people, day=settings.ATTENDANCE_SINCE - timedelta(days=1))
    assert (so_far().counted("participants"), met(milestone, so_far())) == (2, True)
    assert so_far().attended == 0
    assert said_beside(milestone, so_far()) == "2 of them registered before attendance was taken here"
    take(session, people[0])  # staff had a list on paper
    assert (so_far().counted("participants"), met(milestone, so_far())) == (1, False)


def test_the_first_day_of_attendance_is_a_setting(hub, settings):
    milestone, so_far = promise(hub, 1)
    held(hub, *cast.people(1))
    assert not met(milestone, so_far())
    settings.ATTENDANCE_SINCE = DAY + timedelta(days=1)
    assert met(milestone, so_far())


# Reports


def test_the_station_counts_everybody_once_and_each_host_its_own(hub, django_assert_num_queries):
    secretariat = cast.host("secretariat-general")
    both, other = cast.people(2)
    take(held(hub, both, other), both)
    take(held(secretariat, both, day=date(2027, 4, 1)), both)
    elsewhere = cast.session(
        cast.activity("Offered by others", host=None, offered_by="Water Works"), starts_at=noon(DAY)
    )
    cast.register(elsewhere, other, now=noon(DAY) - timedelta(days=3))
    with django_assert_num_queries(13):
        report = station_report(2027, now=LATER)
    assert people_told(report.totals) == (1, 1)
    assert (report.totals.sessions, report.totals.recorded) == (3, 2)
    assert [(line.host, line.totals.attended) for line in report.hosts] == [(hub, 1), (secretariat, 1)]
    assert report.sessions == []
    listed = station_report(2027, now=LATER, with_sessions=True).sessions
    assert [(line.host, line.attended, line.attendance) for line in listed] == [
        (hub.name, 1, "recorded"),
        ("Water Works", 0, "not recorded"),
        (secretariat.name, 1, "recorded"),
    ]
    assert people_of_hosts([hub, secretariat], now=LATER).attended == 1


def test_a_list_may_still_be_closed_for_a_week(hub):
    session = held(hub, *cast.people(1))
    for now, told in (
        (session.ends_at + timedelta(days=6), "not closed yet"),
        (session.ends_at + timedelta(days=7), "not recorded"),
    ):
        assert [line.attendance for line in year_report(hub, 2027, now=now).sessions] == [told]
    meeting = session.meetings.get()
    actions.close(meeting=meeting, by=cast.superuser(), taken=False, now=session.ends_at)
    report = year_report(hub, 2027, now=session.ends_at + timedelta(days=1))
    assert [line.attendance for line in report.sessions] == ["not recorded"]
