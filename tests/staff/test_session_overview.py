"""One session's desk on one page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attendance import actions
from attendance.door_list import DoorList
from attendance.models import Correction, Guest, Helper
from catalog.models import Session
from registrations.models import Registration
from staff.sessions.desk_of_one import next_reminder
from tests import cast

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def series() -> Session:
    """Four meetings: one closed, one not closed for nine days, one yesterday, one tomorrow. Two of three people came."""
    now = timezone.now().replace(second=0, microsecond=0)
    starts = [now - 12 * DAY, now - 9 * DAY - 3 * HOUR, now - DAY, now + DAY + HOUR]
    session = cast.session(
        meetings=[(start, start + HOUR, "") for start in starts], places=3, reminder_leads=[24 * 60, 60]
    )
    people = cast.people(5)
    for person in people:
        cast.register(session, person, now=starts[0] - 3 * DAY)
    first, by = session.meetings.order_by("starts_at")[0], cast.superuser()
    for person in people[:2]:
        actions.note(
            registration=session.registrations.get(person=person),
            meeting=first,
            state="present",
            by=by,
            now=first.starts_at,
        )
    actions.close(meeting=first, by=by, now=first.ends_at)
    return session


def page_of(session: Session) -> str:
    return reverse("admin:catalog_session_overview", args=[session.pk])


def signed_in() -> Client:
    client = Client()
    client.force_login(cast.coordinator())
    return client


def test_each_meeting_tells_its_attendance_and_leads_to_its_list(series: Session) -> None:
    page = signed_in().get(page_of(series))
    rows = page.context["desk"].meetings
    assert [(row.state, row.numbers["present"], row.numbers["absent"], row.unknown) for row in rows] == [
        ("recorded", 2, 1, 0),
        ("not recorded", 0, 0, 3),
        ("to be closed", 0, 0, 3),
        ("to come", 0, 0, 3),
    ]
    for row in rows:
        assert f'href="{reverse("attendance:list", args=[row.meeting.pk])}"' in page.text


def test_who_got_a_place_after_a_meeting_is_not_missed_there(series: Session) -> None:
    second = series.meetings.order_by("starts_at")[1]
    newcomer = series.registrations.waiting()[0]
    newcomer.state, newcomer.confirmed_at = Registration.State.CONFIRMED, second.ends_at
    newcomer.save()
    page = signed_in().get(page_of(series))
    assert [row.unknown for row in page.context["desk"].meetings] == [0, 3, 4, 4]
    for meeting in series.meetings.all():
        door = DoorList(meeting, timezone.now())
        row = next(row for row in page.context["desk"].meetings if row.meeting == meeting)
        assert row.unknown == door.not_noted


def test_it_tells_people_their_line_letters_guests_and_helpers(series: Session) -> None:
    meeting = series.meetings.order_by("starts_at")[0]
    Guest.objects.create(meeting=meeting, name="Walked In", email="walked@in.example")
    Helper.objects.create(session=series, email="helps@here.example")
    desk = signed_in().get(page_of(series)).context["desk"]
    assert [(number.count, number.name) for number in desk.people()] == [
        (3, "confirmed"),
        (2, "on the waiting list"),
        (0, "cancelled"),
    ]
    assert desk.line() == list(series.registrations.waiting())
    assert [number.count for number in desk.letters()] == [0, 5, 0]
    assert (desk.meetings[0].guests, [guest.name for guest in desk.guests]) == (1, ["Walked In"])
    assert [helper.email for helper in desk.helpers] == ["helps@here.example"]


def test_what_is_next_begins_with_what_waits_for_somebody(series: Session) -> None:
    registration = series.registrations.filter(state=Registration.State.CONFIRMED)[0]
    Correction.objects.create(
        registration=registration, meeting=series.meetings.order_by("starts_at")[0], words="I was there."
    )
    lines = signed_in().get(page_of(series)).context["desk"].next()
    assert [line.what for line in lines] == [
        "not recorded",
        "to be closed",
        "1 correction asked for",
        "a reminder goes out",
        "the next meeting begins",
        "it is over",
    ]
    last = series.meetings.order_by("starts_at")[3].starts_at
    assert next_reminder(series, last - 2 * DAY) == last - DAY
    assert next_reminder(series, last - DAY) == last - HOUR
    assert next_reminder(series, last - HOUR) is None


def test_a_cancelled_session_has_nothing_next() -> None:
    session = cast.session(cancelled_at=timezone.now())
    desk = signed_in().get(page_of(session)).context["desk"]
    assert [row.state for row in desk.meetings] == ["did not take place"]
    assert desk.next() == []


def test_it_costs_the_same_whatever_there_is(series: Session, django_assert_num_queries) -> None:
    small = cast.session()
    client = signed_in()
    costs = []
    for session in (small, series):
        with django_assert_num_queries(50, exact=False) as asked:
            client.get(page_of(session))
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 27
