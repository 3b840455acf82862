"""A list is closed and opened again by staff of the host, on pages that say first what will be."""

import re

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from attendance import actions, errors
from attendance.models import Attendance, Closing
from registrations import actions as registration_actions
from tests import cast

from .making import DAY, HOUR, START, counted, meeting_of, program, registered
from .test_list import listed, page_of, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(client):
    """A meeting that is over, with one present, one excused and two not noted, and staff of its host signed in."""
    session, people = listed("Amina", "Ben", "Chen", "Dina", begun=3 * HOUR)
    meeting, by = meeting_of(session), cast.coordinator(session.activity.host)
    actions.note(registration=people[0], meeting=meeting, state="present", by=by)
    actions.note(registration=people[1], meeting=meeting, state="excused", by=by)
    client.force_login(by)
    return session, people


def words(html: str) -> str:
    return re.sub(r"\s+", " ", html)


def test_closing_says_what_will_be_and_then_is_so(client, over):
    session, [_amina, _ben, chen, dina] = over
    page = f"{page_of(session)}closing/"
    assert page in client.get(page_of(session)).text
    assert "Then the 2 people who are not noted were absent." in words(client.get(page).text)
    assert client.post(page).status_code == 200, "without a choice it asks again"
    assert not Closing.objects.exists()

    html = client.post(page, {"how": "taken"}, follow=True).text
    assert "The list is closed." in html
    assert "This list is closed" in html
    assert 'name="tap"' not in html
    absent = {one.pk: ("absent", "closing") for one in (chen, dina)}
    assert counted(meeting_of(session)).items() >= absent.items()
    answer = press(client, session, chen, "present/")
    assert "The list of this meeting is closed." in client.get(answer.url).text


def test_a_meeting_that_is_not_over_is_not_closed(client, over):
    session, _people = over
    page = f"{page_of(session, 2)}closing/"
    assert 'name="how"' not in client.get(page).text
    html = client.post(page, {"how": "taken"}, follow=True).text
    assert "Its list can be closed after that." in html
    assert not Closing.objects.exists()


def test_all_who_are_not_noted_were_there(client, over):
    session, [amina, ben, chen, dina] = over
    page = f"{page_of(session)}closing/"
    html = client.post(page, {"how": "all_present"}, follow=True).text
    assert "2 people were noted as present." in html
    assert "Everybody is noted" in html
    present = {one.pk: ("present", "staff") for one in (amina, chen, dina)}
    assert counted(meeting_of(session)) == present | {ben.pk: ("excused", "staff")}
    rows = Attendance.objects.filter(registration__in=[chen, dina])
    told = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Attendance),
        object_id__in=rows.values("pk"),
    )
    assert told.count() == 2, "each stands in the history"


def test_all_present_is_refused_as_a_single_note_is():
    by, session = cast.secretary(), program()
    registered(session)
    meeting = meeting_of(session)
    with pytest.raises(errors.TooEarly):
        actions.note_all_present(meeting=meeting, by=by, now=START - 3 * HOUR)
    actions.close(meeting=meeting, by=by, now=START + DAY)
    with pytest.raises(errors.ListIsClosed):
        actions.note_all_present(meeting=meeting, by=by, now=START + DAY)
    cancelled = program()
    registration_actions.cancel_session(session=cancelled, reason="Flood", by=by, now=START - DAY)
    with pytest.raises(errors.MeetingDidNotHappen):
        actions.note_all_present(meeting=meeting_of(cancelled), by=by, now=START)


def test_attendance_was_not_taken_is_offered_where_nobody_is_noted(client, over):
    session, people = over
    page = f"{page_of(session)}closing/"
    assert "not_taken" not in client.get(page).text
    html = client.post(page, {"how": "not_taken"}, follow=True).text
    assert "Somebody is noted on this list already" in html
    for one in people[:2]:
        actions.clear(registration=one, meeting=meeting_of(session), by=cast.secretary())
    assert "not_taken" in client.get(page).text
    html = client.post(page, {"how": "not_taken"}, follow=True).text
    assert "Attendance was not taken at this meeting" in html
    assert counted(meeting_of(session)) == {}


def test_opening_asks_for_the_reason_and_keeps_what_was_typed(client, over):
    session, _people = over
    page = f"{page_of(session)}opening/"
    assert "<textarea" not in client.get(page).text, "it is open"
    actions.close(meeting=meeting_of(session), by=cast.secretary())
    assert page in client.get(page_of(session)).text
    answer = client.post(page, {"why": "  "})
    assert answer.status_code == 422
    assert "Say why the list is opened again." in answer.text
    long = client.post(page, {"why": "Two came late. " * 30})
    assert long.status_code == 422
    assert "Two came late. Two came late." in long.text
    html = client.post(page, {"why": "Two came late."}, follow=True).text
    assert "The list is open again." in html
    closing = Closing.objects.get()
    assert (closing.why_opened, closing.opened_by.name) == ("Two came late.", "Jiwoo Han")
    assert len(counted(meeting_of(session))) == 2
    assert (
        "The list of this meeting is open already." in client.post(page, {"why": "Again"}, follow=True).text
    )
