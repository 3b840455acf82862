"""From the file to the list in a real browser: on a phone, with scripts and without, and in Arabic."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from platform_reports.models import PlatformReport
from tests import cast
from tests.attendance.making import meeting_of
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import HOUR, told
from .test_pages import page_of, zoom

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def over():
    start = (timezone.now() - 2 * HOUR).replace(second=0, microsecond=0)
    session = cast.session(meetings=[(start, start + HOUR, "")], late_registration=True)
    names = ("Amina Diallo", "Ben Kim", "نور عادل")
    return session, [cast.register(session, cast.person(name), now=start - HOUR) for name in names]


def choose(page: Page, content: bytes) -> None:
    file = {"name": "report.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def test_a_report_is_read_decided_and_stands_on_the_list(open_page, axe, live_server):
    session, [amina, ben, _nour] = over()
    page = open_page(width=390)
    enter(page, cast.coordinator(session.activity.host), live_server)
    page.goto(reverse("attendance:list", args=[meeting_of(session).pk]))
    page.get_by_role("link", name="Reports of the meeting platform").click()
    axe(page)
    assert_fits(page)
    choose(page, zoom(session, ("Amina Diallo", "", 0, 60), ("B. Kim", "", 5, 55), ("Room 2", "", 0, 60)))
    page.get_by_role("button", name="Show what it says").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the report says")
    axe(page)
    assert_fits(page)
    page.get_by_label("Who is it? B. Kim").select_option(label="Ben Kim · Dakar")
    page.get_by_label("Who is it? Room 2").select_option("aside")
    page.get_by_role("button", name="Note attendance").click()
    expect(page.get_by_text("Noted. Attendance says something new of 2 people.")).to_be_visible()
    axe(page)
    assert_fits(page)
    page.get_by_role("link", name="To the list").click()
    expect(page.locator(f"#r{amina.pk}")).to_contain_text(
        "Present · report of the meeting platform · 60 minutes"
    )
    expect(page.locator(f"#r{ben.pk}")).to_contain_text("50 minutes")


def test_in_arabic_without_scripts(open_page, live_server):
    session, [_amina, _ben, nour] = over()
    page = open_page(width=390, scripts=False)
    enter(page, cast.coordinator(session.activity.host, language="ar"), live_server)
    page.goto("/ar" + page_of(session))
    assert_fits(page)
    choose(page, zoom(session, ("ن. عادل", "", 0, 30)))
    page.get_by_role("button", name="اعرض ما فيه").click()
    assert_fits(page)
    page.get_by_label("أو شخص آخر من القائمة").fill("نور عادل")
    page.get_by_role("button", name="تسجيل الحضور").click()
    expect(page).to_have_url(re.compile(r"/platform-reports/\d+/$"))
    assert_fits(page)
    assert told(meeting_of(session)) == {nour.pk: ("present", 30)}
    page.get_by_role("link", name="سحب هذا التقرير").click()
    page.get_by_role("button", name="نعم، اسحبه").click()
    assert not PlatformReport.objects.exists()
