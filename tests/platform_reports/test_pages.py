"""The pages: a report is shown before anything is stored, noted with what was decided, and taken back."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attendance import actions as attendance
from attendance.models import Attendance, Helper
from platform_reports import carrying
from platform_reports.models import Alias, PlatformReport, Trace
from registrations import actions as registration_actions
from tests import cast
from tests.attendance.making import meeting_of

from .making import HOUR, MINUTE, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(client):
    """A call of an hour that ended an hour ago, four people on its list, and staff of its host signed in."""
    start = (timezone.now() - 2 * HOUR).replace(second=0, microsecond=0)
    session = cast.session(meetings=[(start, start + HOUR, "")], late_registration=True)
    people = [
        cast.register(session, cast.person(name), now=start - HOUR)
        for name in ("Amina Diallo", "Ben Kim", "Chen Wu", "Dina Faye")
    ]
    client.force_login(cast.coordinator(session.activity.host))
    return session, people


def page_of(session) -> str:
    return reverse("platform_reports:reports", args=[meeting_of(session).pk])


def zoom(session, *joins: tuple[str, str, int, int]) -> bytes:
    """On Seoul's clock."""
    meeting = meeting_of(session)
    rows = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    for name, email, first, last in joins:
        times = [
            (meeting.starts_at + after * MINUTE).astimezone(session.zone).strftime("%m/%d/%Y %I:%M:%S %p")
            for after in (first, last)
        ]
        rows.append(f"{name},{email},{times[0]},{times[1]},{last - first},Yes")
    return "\r\n".join(rows).encode()


FOUR = (("Amina Diallo", "", 0, 60), ("Benny", "", 0, 30), ("Chen Wu", "", 0, 3), ("Room 2", "", 0, 60))


def send(client, session, content: bytes = b"", **more):
    file = {"file": SimpleUploadedFile("report.csv", content)} if content else {}
    return client.post(page_of(session), {"zone": "Asia/Seoul", "present_from": "5"} | file | more)


def carried(response) -> dict[str, str]:
    return {"packed_before": re.search(r'name="packed_before" value="([^"]+)"', response.text)[1]}


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.text))


def test_what_was_understood_is_shown_and_nothing_is_stored(client, over):
    session, [amina, *_others] = over
    attendance.note(registration=amina, meeting=meeting_of(session), state="absent", by=cast.secretary())
    response = send(client, session, zoom(session, *FOUR))
    assert response.status_code == 200
    text = words(response)
    assert "Zoom, each join with its times: 4 lines, 4 people. Times are read on the clock of Seoul." in text
    assert "Order of its dates: month first." in text
    assert "Present is who was there for 5 minutes or more. Nothing is noted yet." in text
    figures = re.findall(r"<dt>\s*([^<]+?)\s*</dt>\s*<dd>(\d+)</dd>", response.text)
    assert figures == [("found on the list", "2"), ("to decide", "2"), ("on the list, not in the call", "2")]
    assert "Sources differ. At the list: Absent" in text
    assert "Absent · 3 minutes" in text
    assert re.findall(r'<option value="([^"]*)"[^>]*>', response.text).count("aside") == 2
    assert not PlatformReport.objects.exists()
    assert not Attendance.objects.filter(source="report").exists()


def test_noted_with_what_was_decided(client, over):
    session, [amina, ben, chen, _dina] = over
    shown = send(client, session, zoom(session, *FOUR))
    answers = {"choice-3": str(ben.pk), "typed-3": "", "choice-5": "aside", "step": "note"}
    response = send(client, session, **carried(shown), **answers)
    report = PlatformReport.objects.get()
    assert response.headers["Location"] == report.get_absolute_url()
    assert told(meeting_of(session)) == {
        amina.pk: ("present", 60),
        ben.pk: ("present", 30),
        chen.pk: ("absent", 3),
    }
    assert Alias.objects.get().name == "benny"
    text = words(client.get(report.get_absolute_url()))
    assert "Noted. Attendance says something new of 3 people." in text
    assert "report.csv · Jiwoo Han" in text
    again = send(client, session, zoom(session, *FOUR))
    assert again.headers["Location"] == report.get_absolute_url()
    assert "This report was read before, by Jiwoo Han," in words(client.get(report.get_absolute_url()))


def test_somebody_typed_goes_before_the_choice_and_nobody_of_that_name_is_told(client, over):
    session, [_amina, ben, _chen, dina] = over
    shown = carried(send(client, session, zoom(session, *FOUR)))
    answers = {"choice-3": "aside", "typed-3": "Zoe", "choice-5": str(ben.pk), "step": "note"}
    response = send(client, session, **shown, **answers)
    assert response.status_code == 422
    assert "Nobody, or more than one, is called that on the list." in words(response)
    assert 'value="Zoe"' in response.text
    assert re.search(rf'<option\s+value="{ben.pk}"\s+selected', response.text), "no choice is lost"
    assert not PlatformReport.objects.exists()
    send(client, session, **shown, **(answers | {"typed-3": "dina FAYE"}))
    assert [trace.registration for trace in Trace.objects.filter(how="staff")] == [dina, ben]


def test_read_again_on_another_clock_before_it_is_noted(client, over):
    session, _people = over
    shown = carried(send(client, session, zoom(session, *FOUR)))
    response = send(client, session, **shown, step="again", zone="Asia/Tokyo")
    assert "clock of Tokyo" in words(response)
    wrong = send(client, session, **shown, step="again", zone="Asia/Kathmandu")
    assert "not in the meeting’s time" in words(wrong)
    assert not PlatformReport.objects.exists()


def test_minutes_that_will_not_do_lose_nothing(client, over):
    session, [_amina, ben, *_others] = over
    shown = carried(send(client, session, zoom(session, *FOUR)))
    answers = {"choice-3": str(ben.pk), "present_from": "0", "step": "note"}
    response = send(client, session, **shown, **answers)
    assert response.status_code == 422
    assert "greater than or equal to 1" in words(response)
    assert carried(response)
    assert re.search(rf'<option\s+value="{ben.pk}"\s+selected', response.text)
    assert not PlatformReport.objects.exists()


def test_a_report_of_another_day_is_said_in_strong_words_and_cannot_be_noted(client, over):
    session, _people = over
    days = 3 * 24 * 60
    response = send(client, session, zoom(session, ("Amina Diallo", "", -days, 60 - days)))
    assert "This report is of another day" in words(response)
    assert 'value="note"' not in response.text
    refused = send(client, session, **carried(response), step="note")
    assert refused.status_code == 422
    assert "Nothing in this report was on the day of the meeting." in words(refused)


def test_a_list_that_was_closed_meanwhile_refuses_and_keeps_what_was_decided(client, over):
    session, [_amina, ben, *_others] = over
    shown = carried(send(client, session, zoom(session, *FOUR)))
    attendance.close(meeting=meeting_of(session), by=cast.secretary())
    response = send(
        client, session, **shown, **{"choice-3": str(ben.pk), "choice-5": "aside", "step": "note"}
    )
    assert response.status_code == 422
    assert "The list of this meeting is closed." in words(response)
    assert "What you decided still stands on this page." in words(response)
    assert re.search(rf'<option\s+value="{ben.pk}"\s+selected', response.text)
    assert re.search(r'<option value="aside" selected', response.text)
    assert not PlatformReport.objects.exists()
    assert "packed_before" in response.text


def test_the_page_of_a_closed_list_and_of_a_meeting_called_off_offers_no_form(client, over):
    session, _people = over
    attendance.close(meeting=meeting_of(session), by=cast.secretary())
    page = client.get(page_of(session))
    assert "While it is closed, no report changes it." in words(page)
    assert "enctype" not in page.text
    coming = cast.session()
    registration_actions.cancel_session(session=coming, reason="Flood", by=cast.secretary())
    assert "This meeting did not take place" in words(client.get(page_of(coming)))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose a file, or paste a list: one of the two."),
        ({"content": b"x", "text": "y"}, "Choose a file, or paste a list: one of the two."),
        ({"content": b"Dear all, thank you for coming."}, "report.csv"),
        ({"content": b"x" * 2_000_001}, "This file has more than 2 MB"),
        ({"text": "Amina", "zone": "Nowhere/At_All"}, "Choose one of the cities in the list."),
        ({"text": "Amina", "present_from": "61"}, "The meeting lasted 60 minutes."),
        ({"text": "Amina", "present_from": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(client, over, sent, told):
    session, _people = over
    response = send(client, session, **sent)
    assert response.status_code == 422
    if told != "report.csv":
        assert told in words(response)
    assert 'role="alert"' in response.text
    assert not PlatformReport.objects.exists()


def test_a_pasted_list_of_names_and_addresses_works_too(client, over):
    session, [amina, ben, *_others] = over
    shown = send(client, session, text=f"Amina Diallo\n{ben.person.email}\nSomebody Else")
    assert "Pasted list, names or addresses only: 3 lines, 3 people." in words(shown)
    send(client, session, **carried(shown), step="note")
    assert told(meeting_of(session)) == {amina.pk: ("present", None), ben.pk: ("present", None)}


def test_what_was_carried_along_is_of_this_meeting_and_of_today(client, over, monkeypatch):
    session, _people = over
    shown = carried(send(client, session, zoom(session, *FOUR)))
    other = cast.session(meetings=[(session.starts_at, session.ends_at, "")], of=session.activity)
    for response in (
        send(client, other, **shown, step="note"),
        send(client, session, packed_before="made:up", step="note"),
    ):
        assert response.status_code == 422
        assert "This page was open for more than a day. Choose the file again." in words(response)
    monkeypatch.setattr(carrying, "CARRIED_FOR", timedelta(seconds=-1))
    assert send(client, session, **shown, step="note").status_code == 422
    monkeypatch.setattr(carrying, "CARRIED_AT_MOST", 10)
    assert "too large to be shown" in words(send(client, session, zoom(session, *FOUR)))
    assert not PlatformReport.objects.exists()


def test_what_is_left_is_decided_on_the_stored_report_and_changed_there(client, over):
    session, [amina, ben, _chen, dina] = over
    send(client, session, **carried(send(client, session, zoom(session, *FOUR))), step="note")
    report = PlatformReport.objects.get()
    page, [first, benny, _third, room] = report.get_absolute_url(), report.traces.all()
    client.post(
        page, {f"choice-{benny.pk}": str(ben.pk), f"seen-{benny.pk}": "", f"choice-{room.pk}": "aside"}
    )
    assert told(meeting_of(session))[ben.pk] == ("present", 30)
    assert not Trace.objects.to_decide().exists()
    anew = client.get(f"{page}?anew={first.pk}")
    assert re.search(rf'name="seen-{first.pk}" value="{amina.pk}"', anew.text)
    client.post(page, {f"typed-{first.pk}": dina.person.email, f"seen-{first.pk}": str(amina.pk)})
    assert told(meeting_of(session))[dina.pk] == ("present", 60)
    client.post(page, {f"choice-{first.pk}": "aside", f"seen-{first.pk}": str(amina.pk)})
    assert "Somebody else decided about this meanwhile." in words(client.get(page))
    assert told(meeting_of(session))[dina.pk] == ("present", 60)
    found = words(client.get(f"{page}?q=benn"))
    assert "Benny" in found
    assert "Chen Wu" not in found.split("Found on the list")[1]


def test_taking_back_asks_first(client, over):
    session, _people = over
    send(client, session, **carried(send(client, session, zoom(session, *FOUR))), step="note")
    page = f"{PlatformReport.objects.get().get_absolute_url()}taking-back/"
    assert "what it says of 2 people goes" in words(client.get(page))
    assert PlatformReport.objects.exists()
    assert client.post(page).headers["Location"] == page_of(session)
    assert told(meeting_of(session)) == {}


def test_a_helper_sees_the_list_and_nothing_of_reports_and_a_reader_only_looks(client, over):
    session, _people = over
    send(client, session, **carried(send(client, session, zoom(session, *FOUR))), step="note")
    page = PlatformReport.objects.get().get_absolute_url()
    list_ = reverse("attendance:list", args=[meeting_of(session).pk])
    assert page_of(session) in client.get(list_).text
    helper = cast.person("Trainer Osei")
    Helper.objects.create(session=session, email=helper.email)
    client.force_login(helper)
    assert page_of(session) not in client.get(list_).text
    assert [client.get(one).status_code for one in (page_of(session), page)] == [404, 404]
    client.force_login(cast.reader())
    assert page_of(session) in client.get(list_).text
    assert "Room 2" in words(client.get(page)) or "to decide" in words(client.get(page))
    assert "<select" not in client.get(page).text
    assert "enctype" not in client.get(page_of(session)).text
    assert client.post(page, {"choice-1": "aside"}).status_code == 403


def test_many_make_no_page_of_millions_of_choices_and_no_more_questions(client, over):
    session, _people = over
    counts = []
    for number in (10, 120):
        for person in cast.people(number):
            cast.register(session, person, now=session.starts_at - HOUR)
        content = zoom(session, *((f"Someone {chr(65 + i % 26)}{i}", "", 0, 60) for i in range(number)))
        with CaptureQueriesContext(connection) as queries:
            response = send(client, session, content)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40, counts
    assert response.text.count('<select id="choice-') == 40
    assert response.text.count("<option") < 40 * 7 + 140 + 600, "suggestions, the list once, and the zones"
    assert "80 more wait and are shown once these are decided." in words(response)
