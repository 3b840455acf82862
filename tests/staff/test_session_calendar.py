"""The page of the calendar, and how a session is moved from it: by the page that asks, and no other way."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from catalog.models import Session
from tests import cast

pytestmark = pytest.mark.django_db

CALENDAR = "/admin/catalog/session/calendar/"


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.coordinator(cast.host("seoul")))
    return client


def series() -> Session:
    """On three Thursdays from 23:30 to 01:00 in Seoul."""
    starts = [datetime(2026, 12, day, 14, 30, tzinfo=UTC) for day in (3, 10, 17)]
    lasts = timedelta(hours=1, minutes=30)
    return cast.session(meetings=[(start, start + lasts, "") for start in starts])


def test_the_page_asks_the_same_for_one_session_and_for_many(
    client: Client, django_assert_num_queries: Any
) -> None:
    series()
    client.get(CALENDAR)  # what is read once in a process
    with django_assert_num_queries(11) as for_one:
        one = client.get(f"{CALENDAR}?month=2026-12").content.decode()
    for number in range(3):
        cast.session(
            cast.activity(f"More {number}", host=cast.host("cairo")), starts_in=timedelta(days=number + 1)
        )
        series()
    with django_assert_num_queries(len(for_one)):
        many = client.get(f"{CALENDAR}?month=2026-12").content.decode()
    assert many.count("data-move=") > one.count("data-move=") == 6  # each over midnight, on two days
    assert "?week=2026-W50" in one


@pytest.mark.parametrize("wrong", ["month=2026-13", "week=x", "host=atlantis", "topic=x", "format=x"])
def test_an_address_that_names_what_is_not_there_is_not_found(client: Client, wrong: str) -> None:
    assert client.get(f"{CALENDAR}?{wrong}").status_code == 404


def test_filters_stay_when_one_goes_on(client: Client) -> None:
    page = client.get(f"{CALENDAR}?week=2026-W50&host=seoul")
    assert page.context["ways"]["later"] == "?week=2026-W51&host=seoul"
    assert page.context["ways"]["month"] == "?month=2026-12&host=seoul"


def asked_at(client: Client, session: Session, query: str) -> Any:
    """The page of rescheduling, to which the form for the new day leads."""
    leads = client.get(f"{reverse('admin:catalog_session_new_day', args=[session.pk])}?{query}")
    assert leads.status_code == 302
    return client.get(leads["Location"])


def test_one_meeting_moves_by_its_day_and_keeps_its_hour_at_the_host(client: Client) -> None:
    session = series()
    second = session.meetings.all()[1]
    page = asked_at(client, session, f"meeting={second.pk}&day=2026-12-08")
    [outlook] = page.context["outlooks"]
    assert outlook.form["meetings_text"].value().splitlines() == [
        "2026-12-03 23:30–2026-12-04 01:00",
        "2026-12-08 23:30–2026-12-09 01:00",
        "2026-12-17 23:30–2026-12-18 01:00",
    ]
    assert "Tuesday 8 December 2026 instead of Thursday 10 December 2026" in page.content.decode()
    assert list(session.meetings.values_list("starts_at", flat=True))[1] == second.starts_at


def test_those_after_it_come_along_when_asked(client: Client) -> None:
    session = series()
    second = session.meetings.all()[1]
    page = asked_at(client, session, f"meeting={second.pk}&day=2026-12-11&after=on")
    [outlook] = page.context["outlooks"]
    assert [line[:10] for line in outlook.form["meetings_text"].value().splitlines()] == [
        "2026-12-03",
        "2026-12-11",
        "2026-12-18",
    ]


def test_over_a_change_of_clocks_the_hour_on_the_wall_stays(client: Client) -> None:
    client.force_login(cast.secretary())
    session = cast.session(
        cast.activity(host=cast.host("cairo")), starts_at=datetime(2027, 4, 20, 22, 30, tzinfo=UTC)
    )
    page = asked_at(client, session, "day=2027-04-30")  # that night Cairo's clocks skip the hour
    [outlook] = page.context["outlooks"]
    assert outlook.form["meetings_text"].value() == "2027-04-30 00:30–02:00"
    # Where the hour does not exist the page of rescheduling says so, as for what is typed.
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    data = {"thing-0-meetings_text": outlook.form["meetings_text"].value()}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "does not exist in Africa/Cairo" in answer.content.decode()


def test_a_window_moves_as_a_whole(client: Client) -> None:
    starts, ends = datetime(2026, 12, 1, 0, tzinfo=UTC), datetime(2026, 12, 20, 0, tzinfo=UTC)
    session = cast.session(starts_at=starts, ends_at=ends, self_paced=True)
    [outlook] = asked_at(client, session, "day=2026-12-05").context["outlooks"]
    shown = [str(outlook.form[name].value()) for name in ("starts_at", "ends_at")]
    assert shown == ["2026-12-05 09:00:00", "2026-12-24 09:00:00"]


def test_the_form_says_what_is_no_new_day(client: Client) -> None:
    session = series()
    page = reverse("admin:catalog_session_new_day", args=[session.pk])
    for day in ("2026-12-03", "tomorrow", "0026-12-03", ""):
        answer = client.get(f"{page}?day={day}")
        assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True), day
    session.cancelled_at = session.starts_at
    session.save(update_fields=["cancelled_at"])
    answer = client.get(f"{page}?day=2026-12-08")
    assert (answer.status_code, answer.context["refusal"]) == (200, "It was cancelled.")
