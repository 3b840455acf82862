"""The list at the door: who sees it, what stands on it, and what is pressed there without scripts."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attendance import actions
from attendance.models import Attendance, Helper, Tap
from catalog.models import Session
from registrations import actions as registration_actions
from registrations.models import Registration
from tests import cast

from .making import HOUR, counted, meeting_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SCRIPT = {"HTTP_ACCEPT": "application/json"}


def running(*, begun: timedelta = HOUR / 2, **fields) -> Session:
    """It began half an hour ago, and meets again tomorrow; registration stays open while it runs."""
    start = timezone.now() - begun
    meetings = [(start, start + 2 * HOUR, "First day"), (start + DAY, start + DAY + 2 * HOUR, "Second day")]
    return cast.session(meetings=meetings, late_registration=True, **fields)


def listed(*names: str, **fields) -> tuple[Session, list[Registration]]:
    session = running(**fields)
    before = session.starts_at - HOUR
    return session, [cast.register(session, cast.person(name), now=before) for name in names]


def page_of(session: Session, day: int = 1) -> str:
    return reverse("attendance:list", args=[meeting_of(session, day).pk])


def names_on(html: str) -> list[str]:
    """Without the patterns of the script, which name nobody."""
    return re.findall(r'"door-name">([^<]+)</bdi>', html)


def press(client, session: Session, registration: Registration, tap: str, day: int = 1, **more):
    headers = {key: more.pop(key) for key in list(more) if key.startswith("HTTP_")}
    return client.post(f"{page_of(session, day)}{registration.pk}/", {"tap": tap} | more, **headers)


def test_the_list_has_who_is_expected_by_name_and_what_is_known_of_each(client):
    session, [zoe, amina, _ana] = listed("Zoë Ort", "amina Diallo", "Ána López", places=3)
    waiting = cast.register(session, cast.person("Waits For It"), now=session.starts_at - HOUR)
    meeting, by = meeting_of(session), cast.secretary()
    actions.note(registration=zoe, meeting=meeting, state="excused", by=by)
    actions.note(registration=amina, meeting=meeting, state="present", by=by)
    actions.note(registration=amina, meeting=meeting, state="absent", source="report", minutes=12, by=by)
    client.force_login(by)
    html = client.get(page_of(session)).text
    assert names_on(html) == ["amina Diallo", "Ána López", "Zoë Ort"], waiting
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))
    assert "Present · Marta Soler · " in told
    assert "Sources differ. Report of the meeting platform: Absent · 12 minutes" in told
    assert re.findall(r'data-count="(\w*)">(\d+)', html) == [("present", "1"), ("excused", "1"), ("", "1")]


def test_who_gave_their_place_up_stays_where_they_were_noted_and_who_came_after_the_meeting_is_not_expected(
    client,
):
    session, [amina, ben] = listed("Amina Diallo", "Ben Left", begun=3 * HOUR)
    by = cast.secretary()
    actions.note(registration=ben, meeting=meeting_of(session), state="present", by=by)
    for one in (amina, ben):
        registration_actions.cancel(registration=one, by=by)
    cast.register(session, cast.person("Comes Tomorrow"))
    client.force_login(by)
    shown = [names_on(client.get(page_of(session, day)).text) for day in (1, 2)]
    assert shown == [["Ben Left"], ["Comes Tomorrow"]]


def test_who_has_not_agreed_stands_there_by_the_address_alone(client):
    session, [amina] = listed("Amina Diallo")
    Registration.objects.filter(pk=amina.pk).update(discloses=False)
    client.force_login(cast.coordinator(session.activity.host))
    html = client.get(page_of(session)).text
    assert amina.person.email in html
    assert "Amina Diallo" not in html
    assert "Dakar" not in html


def test_search_finds_by_the_beginnings_of_words_in_name_and_city_without_accents(client):
    session, _all = listed("Zoë Ort", "Amina Diallo", "Ána López")
    client.force_login(cast.secretary())

    def found(asked: str) -> list[str]:
        return names_on(client.get(page_of(session), {"q": asked}).text)

    assert found("lop an") == ["Ána López"]
    assert found("DAKAR zoe") == ["Zoë Ort"]
    assert found("opez") == []


def test_a_tap_without_scripts_leads_back_to_its_line_keeps_the_search_and_a_double_click_is_one(client):
    session, [amina] = listed("Amina Diallo")
    by = cast.coordinator(session.activity.host)
    client.force_login(by)
    page = str(uuid4())
    for _twice in range(2):
        answer = press(client, session, amina, "present/", page=page, q="ami")
        assert answer.url == f"{page_of(session)}?q=ami#r{amina.pk}"
    assert counted(meeting_of(session)) == {amina.pk: ("present", "staff")}
    assert Tap.objects.count() == 1
    undo = re.search(r'value="(/present@[\d.]+)"', client.get(page_of(session)).text)
    assert undo
    press(client, session, amina, undo[1], page=str(uuid4()))
    assert counted(meeting_of(session)) == {}


def test_two_at_the_list_do_not_undo_each_other_and_the_second_is_told(client):
    session, [amina] = listed("Amina Diallo")
    client.force_login(cast.coordinator(session.activity.host))
    actions.note(registration=amina, meeting=meeting_of(session), state="excused", by=cast.secretary())
    answer = press(client, session, amina, "present/")  # the page was made before
    assert answer.url == page_of(session), "to the top, where it is told"
    html = client.get(answer.url).text
    assert "Amina Diallo: Somebody else changed this meanwhile." in html
    assert counted(meeting_of(session)) == {amina.pk: ("excused", "staff")}


def test_the_script_is_answered_with_the_line_as_it_stands_and_with_the_refusal_in_the_readers_language(
    client,
):
    session, [amina] = listed("Amina Diallo")
    client.force_login(cast.coordinator(session.activity.host))
    number = str(uuid4())
    first = press(client, session, amina, "present/", id=number, **SCRIPT)
    assert first.status_code == 200
    assert first.json()["refused"] == ""
    assert first.json()["seen"].startswith("present@")
    assert "<strong>Present</strong>" in first.json()["html"]
    again = press(client, session, amina, "present/", id=number, **SCRIPT)
    assert again.json() == first.json()
    assert Tap.objects.count() == 1

    early = client.post(f"/fr{page_of(session, 2)}{amina.pk}/", {"tap": "present/"}, **SCRIPT)
    assert early.status_code == 409
    assert early.json()["refused"].startswith("Les présences peuvent être notées à partir du")


def test_what_is_no_mark_is_not_found(client):
    session, [amina] = listed("Amina Diallo")
    client.force_login(cast.coordinator(session.activity.host))
    elsewhere, [other] = listed("Somebody Else")
    assert press(client, session, amina, "sleeping/").status_code == 404
    assert press(client, session, other, "present/").status_code == 404, elsewhere


def test_before_the_meeting_only_who_is_excused_is_noted_and_the_page_says_from_when(client):
    session, [_amina] = listed("Amina Diallo")
    client.force_login(cast.secretary())
    html = client.get(page_of(session, 2)).text
    assert "Who is there can be noted from" in html
    assert 'value="present/"' not in html
    assert 'value="excused/"' in html


def test_a_cancelled_meeting_and_an_empty_list_say_so(client):
    client.force_login(cast.secretary())
    empty, _nobody = listed()
    assert "Nobody is expected" in client.get(page_of(empty)).text
    session, [_amina] = listed("Amina Diallo")
    registration_actions.cancel_session(session=session, reason="Flood", by=cast.secretary())
    html = client.get(page_of(session, 2)).text
    assert "This meeting did not take place" in html
    assert "Amina Diallo" not in html


def helper(session: Session, email: str) -> Helper:
    return Helper.objects.create(session=session, email=email)


def test_a_helper_notes_in_their_time_and_closes_nothing(client):
    session, [amina] = listed("Amina Diallo")
    trainer = cast.person("Trainer Osei")
    helper(session, trainer.email.upper())
    client.force_login(trainer)
    html = client.get(page_of(session)).text
    assert 'value="present/"' in html
    assert "admin/" not in html
    press(client, session, amina, "present/")
    assert counted(meeting_of(session)) == {amina.pk: ("present", "staff")}
    for page in ("closing/", "opening/"):
        assert client.get(page_of(session) + page).status_code == 403
        assert client.post(page_of(session) + page).status_code == 403
    Session.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() - 16 * DAY, ends_at=timezone.now() - 15 * DAY
    )
    assert client.get(page_of(session)).status_code == 404
    assert press(client, session, amina, "excused/").status_code == 404


@pytest.mark.parametrize(
    ("who", "look", "change"),
    [
        (lambda: cast.coordinator(cast.host("cairo"), name="Nour Adel"), 404, 404),
        (cast.reader, 200, 403),
        (lambda: cast.person("Amina Diallo"), 404, 404),
    ],
    ids=["staff of another host", "reader", "participant"],
)
def test_who_else_looks_or_changes(client, who, look, change):
    session = running()
    person = who()
    registration = cast.register(session, person, now=session.starts_at - HOUR)
    client.force_login(person)
    answer = client.get(page_of(session))
    assert answer.status_code == look
    assert 'name="tap"' not in answer.text
    assert press(client, session, registration, "present/").status_code == change
    assert client.post(f"{page_of(session)}closing/", {"how": "taken"}).status_code == change
    assert not Attendance.objects.exists()


def test_the_list_asks_as_much_for_three_as_for_thirty(client):
    session = running(places=None)
    meeting, by = meeting_of(session), cast.secretary()
    client.force_login(by)

    def asked(people: int) -> int:
        for person in cast.people(people):
            one = cast.register(session, person, now=session.starts_at - HOUR)
            actions.note(registration=one, meeting=meeting, state="present", by=by)
            actions.note(registration=one, meeting=meeting, state="absent", source="report", by=by)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page_of(session)).status_code == 200
        return len(queries)

    client.get(page_of(session))
    few = asked(3)
    assert asked(27) == few
    assert few <= 16
