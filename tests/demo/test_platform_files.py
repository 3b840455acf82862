"""Files of meeting platforms to try: each is read as the platform's own, and tells of the same call."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import NoReverseMatch, reverse

from demo.platform_files import WRITERS, calls
from demo.reporting import report
from platform_reports.models import PlatformReport, Trace
from platform_reports.reading import read, united
from tests import cast
from tests.attendance.making import meeting_of

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 8, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def session():
    made = cast.session(meetings=[(START, START + 2 * HOUR, "")], places=None)
    for number in range(20):
        cast.register(
            made, cast.person(f"{'ABCDEFGHIJKLMNOPQRST'[number]}ina Example"), now=START - 24 * HOUR
        )
    return made


@pytest.mark.parametrize("platform", WRITERS)
def test_a_file_to_try_is_read_as_its_platform_s(session, platform):
    meeting = meeting_of(session)
    reading = read(
        WRITERS[platform](meeting), starts_at=meeting.starts_at, ends_at=meeting.ends_at, zone=session.zone
    )
    assert (reading.platform, reading.has_times, reading.by_content) == (platform, True, False)
    people = united(reading, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    assert len(people) == len({one.email or one.name for one in calls(meeting)}) == 17


def test_the_stored_report_has_people_at_each_stage(session):
    by = cast.secretary()
    report(session, by=by, now=START + 4 * HOUR)
    assert not PlatformReport.objects.exists(), "only a few hours after its meeting"
    report(session, by=by, now=START + 24 * HOUR)
    stored = PlatformReport.objects.get()
    assert stored.traces.matched().filter(how="email").exists()
    assert stored.traces.matched().filter(how="name").exists()
    assert Trace.objects.to_decide().exists()
    assert stored.traces.exclude(set_aside_at=None).get().name == "Meeting room 2"
    assert stored.traces.filter(is_outside=True).exists()


def test_in_the_demonstration_the_page_offers_them_to_who_may_read_reports(client, session, settings):
    settings.ROOT_URLCONF = "tests.demo.demo_urls"
    meeting = meeting_of(session)
    page = reverse("demo:platform_report", args=[meeting.pk, "teams"])
    client.force_login(cast.coordinator(session.activity.host))
    assert client.get(page).status_code == 404, "shut, even where its address is known"
    settings.DEMO = True
    answer = client.get(page)
    assert answer.content.startswith(b"\xff\xfe")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="teams-2026-12-08.csv"'
    assert client.get(page.replace("teams", "skype")).status_code == 404
    client.force_login(cast.person("Nosy"))
    assert client.get(page).status_code == 404


def test_production_has_no_such_address():
    with pytest.raises(NoReverseMatch):
        reverse("demo:platform_report", args=[1, "zoom"])
