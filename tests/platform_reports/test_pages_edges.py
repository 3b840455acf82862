"""What nobody presses by the pages, and what only some names and some hosts make: none of it falls, none reaches others."""

import pytest
from django.utils import timezone

from attendance.models import Attendance
from catalog.models import Meeting
from platform_reports.models import PlatformReport, Trace
from registrations.models import Registration
from tests import cast
from tests.attendance.making import meeting_of

from .making import HOUR
from .test_pages import carried, over, page_of, send, words, zoom  # noqa: F401

pytestmark = pytest.mark.django_db


def stored(client, session, *joins) -> PlatformReport:
    send(client, session, **carried(send(client, session, zoom(session, *joins))), step="note")
    return PlatformReport.objects.get(meeting=meeting_of(session))


def answer(client, report, trace, choice: str):
    fields = {f"choice-{trace.pk}": choice, f"seen-{trace.pk}": trace.stands_as}
    return client.post(report.get_absolute_url(), fields)


@pytest.mark.parametrize("choice", ["9" * 5000, "9" * 25, "²", "٣", "-1"])
def test_a_choice_that_is_no_number_decides_nothing(client, over, choice):  # noqa: F811
    session, _people = over
    shown = carried(send(client, session, zoom(session, ("Benny", "", 0, 30))))
    assert send(client, session, **shown, **{"choice-2": choice, "step": "again"}).status_code == 200
    assert send(client, session, **shown, **{"choice-2": choice, "step": "note"}).status_code == 302
    report = PlatformReport.objects.get()
    assert answer(client, report, report.traces.get(), choice).status_code == 302
    assert Trace.objects.to_decide().count() == 1


def test_registrations_and_traces_of_another_session_are_out_of_reach(client, over):  # noqa: F811
    session, _people = over
    far = cast.session(of=cast.activity(host=cast.host("cairo")))
    omar = cast.register(far, cast.person("Omar Aziz"))
    shown = carried(send(client, session, zoom(session, ("Benny", "", 0, 30))))
    refused = send(client, session, **shown, **{"choice-2": str(omar.pk), "step": "note"})
    assert refused.status_code == 422
    assert "Benny is not on the list of this meeting any more." in words(refused)
    report = stored(client, session, ("Benny", "", 0, 30))
    refused = answer(client, report, report.traces.get(), str(omar.pk))
    assert refused.status_code == 422
    assert "Omar" not in refused.text
    second = cast.session(meetings=[(session.starts_at, session.ends_at, "")], of=session.activity)
    foreign = stored(client, second, ("Zed", "", 0, 30)).traces.get()
    answer(client, report, foreign, "aside")
    assert not Trace.objects.filter(set_aside_at__isnull=False).exists()
    assert not Attendance.objects.exists()


def test_other_hosts_and_other_meetings_lead_to_no_report(client, over):  # noqa: F811
    session, _people = over
    report = stored(client, session, ("Benny", "", 0, 30))
    other = meeting_of(cast.session(of=cast.activity(host=cast.host("cairo"))))
    own, crossed = report.get_absolute_url(), f"/meetings/{other.pk}/platform-reports/{report.pk}/"
    client.force_login(cast.coordinator(cast.host("cairo"), "Omar Aziz"))
    for page in (page_of(session), own, f"{own}taking-back/", crossed, f"{crossed}taking-back/"):
        assert [client.get(page).status_code, client.post(page).status_code] == [404, 404]
    client.force_login(cast.secretary())
    assert client.post(f"{crossed}taking-back/").status_code == 404
    assert PlatformReport.objects.count() == 1


def test_whose_trace_was_decided_and_who_left_the_list_since_is_asked_anew(client, over):  # noqa: F811
    session, [amina, *_others] = over
    early = ("Early", "", -20, -5)
    report = stored(client, session, early)
    answer(client, report, report.traces.get(), str(amina.pk))
    Registration.objects.filter(pk=amina.pk).update(
        state="cancelled", cancelled_at=session.starts_at - HOUR, cancelled_for="person"
    )
    shown = send(client, session, zoom(session, early), present_from="6")
    assert shown.status_code == 200
    assert send(client, session, **carried(shown), step="note", present_from="6").status_code == 302
    assert report.traces.get().registration is None


def test_a_report_from_before_the_meeting_was_put_off_asks_nothing(client, over):  # noqa: F811
    session, _people = over
    report = stored(client, session, ("Benny", "", 0, 30), ("Early", "", -9, -1))
    benny, early = report.traces.all()
    assert f"choice-{early.pk}" not in client.get(f"{report.get_absolute_url()}?anew={early.pk}").text
    Meeting.objects.filter(session=session).update(
        starts_at=timezone.now() + HOUR * 2.5, ends_at=timezone.now() + HOUR * 3
    )
    page = client.get(f"{report.get_absolute_url()}?anew={benny.pk}")
    assert "It says nothing of the meeting any more." in words(page)
    assert f"choice-{benny.pk}" not in page.text


@pytest.mark.parametrize(
    "name", ["   ", "🎉", "x " * 100, "\u202eabc", "<script>alert(1)</script>", "ﷺ" * 200]
)
def test_any_name_is_shown_noted_and_decided(client, over, name):  # noqa: F811
    session, [_amina, ben, *_others] = over
    shown = send(client, session, zoom(session, (name, "", 0, 30), (name, "two@mail.example", 0, 30)))
    assert "<script>alert" not in shown.text
    send(client, session, **carried(shown), step="note")
    report = PlatformReport.objects.get()
    for trace in report.traces.all():
        assert answer(client, report, trace, str(ben.pk)).status_code == 302
    assert Attendance.objects.get().minutes == 30
