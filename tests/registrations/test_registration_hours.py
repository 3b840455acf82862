"""What hangs on the start of a session moves with it: opening, members' turn, deadline."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Session
from registrations import actions
from registrations.actions.registration_hours import REGISTRATION_HOURS
from registrations.errors import RegistrationHoursCross
from tests import cast
from tests.staff.activity_page import typed_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
START = datetime(2026, 10, 20, 14, 0, tzinfo=UTC)  # 16:00 in Barcelona
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def session_with(**hours: datetime | None) -> Session:
    if "members_first_until" in hours:
        hours["eligibility"] = "members_first"
    of = cast.activity(host=cast.host("secretariat-general"))
    return cast.session(of, starts_at=START, lasts=HOUR, **hours)


def move(session: Session, to: datetime, now: datetime = NOW, **decided: datetime | None) -> Session:
    actions.reschedule(
        session=session, by=cast.secretary(), starts_at=to, registration_hours=decided, now=now
    )
    return Session.objects.get(pk=session.pk)


def hours_of(session: Session) -> list[datetime | None]:
    return [getattr(session, name) for name in REGISTRATION_HOURS]


def test_all_three_keep_their_days_and_their_hour_on_the_hosts_clock():
    session = session_with(
        registration_opens_at=START - 30 * DAY,
        members_first_until=START - 20 * DAY,
        registration_closes_at=START - 2 * DAY,
    )
    moved = move(session, START + 14 * DAY + HOUR)  # over the end of summer time; 16:00 again
    assert hours_of(moved) == [
        START - 16 * DAY,  # 4 October, still summer time
        START - 6 * DAY,
        START + 12 * DAY + HOUR,  # 1 November, winter time
    ]
    assert moved.promised["registration_closes_at"]["local"] == "2026-11-01T16:00:00+01:00"


def test_what_has_come_stays_and_a_deadline_that_has_passed_opens_again():
    session = session_with(
        registration_opens_at=NOW - DAY, members_first_until=NOW - HOUR, registration_closes_at=START - DAY
    )
    moved = move(session, START + 60 * DAY + HOUR, now=START - HOUR)
    assert hours_of(moved) == [NOW - DAY, NOW - HOUR, START + 59 * DAY + HOUR]


def test_to_an_earlier_day_the_deadline_comes_earlier_too():
    assert move(
        session_with(registration_closes_at=START - 5 * HOUR), START - 3 * DAY
    ).registration_closes_at == (START - 3 * DAY - 5 * HOUR)


def test_what_was_open_and_closes_before_it_opened_is_simply_over():
    session = session_with(registration_opens_at=NOW - DAY, registration_closes_at=START - 10 * DAY)
    moved = move(session, NOW + 5 * DAY)
    assert moved.registration_opens_at is None
    assert moved.closes_at < NOW


def test_what_is_decided_with_the_move_does_not_move_along():
    session = session_with(registration_opens_at=START - 9 * DAY, registration_closes_at=START - DAY)
    moved = move(session, START + 3 * DAY, registration_closes_at=START, registration_opens_at=None)
    assert hours_of(moved) == [None, None, START]
    with pytest.raises(RegistrationHoursCross):
        move(session, START + 4 * DAY, registration_opens_at=START + 2 * DAY)
    session.refresh_from_db()
    assert session.starts_at == START + 3 * DAY


def test_a_new_place_or_a_later_end_moves_nothing():
    session = session_with(registration_closes_at=START - DAY)
    actions.reschedule(session=session, by=cast.secretary(), ends_at=START + 3 * HOUR, venue="Hall", now=NOW)
    session.refresh_from_db()
    assert session.registration_closes_at == START - DAY


def test_the_window_of_a_course_takes_its_deadline_along():
    course = cast.session(
        self_paced=True, starts_at=START, lasts=30 * DAY, registration_closes_at=START + 20 * DAY
    )
    assert move(course, START + 7 * DAY).registration_closes_at == START + 27 * DAY


# At the desk


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


@pytest.fixture
def upcoming() -> Session:
    start = datetime(2036, 3, 4, 9, 0, tzinfo=UTC)  # 18:00 in Seoul
    return cast.session(
        starts_at=start,
        lasts=HOUR,
        registration_closes_at=start - DAY,
        registration_opens_at=start - 30 * DAY,
    )


def test_the_page_that_moves_asks_for_the_hours_and_says_what_they_are_now(client, upcoming):
    page = f"{reverse('admin:catalog_session_rescheduling')}?ids={upcoming.pk}"
    asked = client.get(page).content.decode()
    assert asked.count("Left as it is, it moves with the start.") == 2
    data = {
        "thing-0-meetings_text": "2036-05-06 18:00–19:00",
        "thing-0-registration_opens_at": "2036-02-03T18:00",
        "thing-0-registration_closes_at": "2036-03-03T18:00",
        "thing-0-joining_link": upcoming.joining_link,
    }
    answer = client.post(page, data, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    page_after = answer.content.decode()
    assert "Registration closes Mon 2036-05-05 18:00 (Asia/Seoul)." in page_after
    assert "Registration opens Sun 2036-04-06 18:00 (Asia/Seoul)." in page_after
    refused = client.post(
        page,
        data
        | {
            "thing-0-meetings_text": "2036-05-08 18:00–19:00",
            "thing-0-registration_closes_at": "2036-05-09T10:00",
        },
    )
    assert refused.status_code == 422
    assert "Registration closes after the session is over." in refused.content.decode()
    upcoming.refresh_from_db()
    assert upcoming.starts_at == datetime(2036, 5, 6, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "closes"),
    [
        ({}, datetime(2036, 1, 1, 9, 0, tzinfo=UTC)),
        # Both typed, before what were the hours until now.
        (
            {"registration_opens_at": "2035-12-01T10:00", "registration_closes_at": "2035-12-20T10:00"},
            datetime(2035, 12, 20, 1, 0, tzinfo=UTC),
        ),
    ],
)
def test_on_the_activitys_page_what_is_left_as_it_is_moves_along(client, upcoming, typed, closes):
    page = reverse("admin:catalog_activity_change", args=[upcoming.activity_id])
    data = typed_in(client.get(page)) | {"sessions-0-meetings_text": "2036-01-02 18:00–19:00", "_told": "1"}
    data |= {f"sessions-0-{name}": value for name, value in typed.items()}
    page_after = client.post(page, data, follow=True).content.decode()
    upcoming.refresh_from_db()
    assert upcoming.registration_closes_at == closes
    assert ("Registration closes Tue 2036-01-01 18:00 (Asia/Seoul)." in page_after) is (not typed)
