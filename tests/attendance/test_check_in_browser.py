"""Check-in in a real browser: on a phone, from the code to the list, with and without scripts; and the screen in a room."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from attendance.check_in import codes
from catalog.models import Meeting
from tests import cast
from tests.accounts.signing_in import code_in_letter
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import counted, meeting_of
from .test_list import listed, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def scan(page: Page, meeting: Meeting) -> None:
    """Opens what the QR code holds."""
    page.goto(f"/check-in/{codes.code_at(meeting.pk, timezone.now())}/")


def sign_in(page: Page, email: str, *, button: str, code: str, go_on: str) -> None:
    page.locator("main input[type=email]").fill(email)
    page.get_by_role("button", name=button).click()
    page.get_by_label(code).fill(code_in_letter(email))
    page.get_by_role("button", name=go_on).click()


def test_who_is_not_signed_in_scans_signs_in_presses_and_stands_on_the_list(
    open_page, axe, complaints, live_server
):
    session, [amina] = listed("Amina Diallo")
    meeting = meeting_of(session)
    page = open_page(width=390, has_touch=True)
    scan(page, meeting)
    sign_in(page, amina.person.email, button="Send me a code", code="Code from the letter", go_on="Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check in to “Water in dense cities”?")
    assert_fits(page)
    axe(page)
    page.get_by_role("main").get_by_role("button", name="Check in").tap()
    expect(page.get_by_role("status")).to_have_text("You are checked in.")
    assert counted(meeting) == {amina.pk: ("present", "check_in")}
    page.goto("/check-in/")
    axe(page)
    assert_fits(page)
    page.get_by_label("Code on the screen").fill("zzz zzz")
    complaints.clear()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("main")).to_contain_text("This code opens no meeting now.")
    axe(page)
    complaints.clear()  # 422 was meant

    staff = open_page(width=390)
    enter(staff, cast.coordinator(session.activity.host), live_server)
    staff.goto(page_of(session))
    line = staff.locator(f"#r{amina.pk}")
    expect(line).to_contain_text("Present · checked in by themselves")
    line.locator("summary").click()
    assert_fits(staff)
    axe(staff)
    line.get_by_role("button", name="Strike the check-in").click()
    expect(line).to_contain_text("Struck · Jiwoo Han")
    expect(staff.locator("[data-count=present]")).to_have_text("0")
    line.locator("summary").click()
    assert_fits(staff)
    line.get_by_role("button", name="Let the check-in stand").click()
    expect(staff.locator("[data-count=present]")).to_have_text("1")


def test_in_arabic_without_scripts(open_page, live_server):
    session, [amina] = listed("نور عادل")
    meeting = meeting_of(session)
    page = open_page(width=390, scripts=False, locale="ar-EG")
    scan(page, meeting)
    sign_in(
        page,
        amina.person.email,
        button="أرسل إليّ رمزًا",
        code="الرمز الوارد في الرسالة",
        go_on="متابعة",
    )
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_contain_text("تسجيل وصولك إلى")
    assert_fits(page)
    page.get_by_role("main").get_by_role("button", name="تسجيل الوصول").click()
    expect(page.get_by_role("status")).to_have_text("سُجّل وصولك.")
    assert counted(meeting) == {amina.pk: ("present", "check_in")}


def test_the_screen_renews_its_code_without_losing_the_focus_and_says_when_it_cannot(
    open_page, axe, complaints, live_server
):
    session, _people = listed("Amina Diallo")
    meeting = meeting_of(session)
    page = open_page(width=1280, height=720)
    enter(page, cast.coordinator(session.activity.host), live_server)
    page.clock.install()
    page.goto(f"/meetings/{meeting.pk}/check-in/")
    code = page.locator(".screen-code")
    expect(code).to_have_text(re.compile("^[0-9A-Z]{3} [0-9A-Z]{3}$"))
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "it fills a beamer"
    axe(page)
    page.get_by_role("link", name="Stop the page renewing itself").focus()
    page.evaluate("document.querySelector('.screen-code').textContent = 'OLD OLD'")
    page.clock.run_for(31_000)
    expect(code).not_to_have_text("OLD OLD")
    expect(page.get_by_role("link", name="Stop the page renewing itself")).to_be_focused()
    page.context.set_offline(True)
    page.clock.run_for(100_000)
    expect(page.get_by_role("alert")).to_have_text("There is no connection, so this code may be an old one.")
    complaints.clear()
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(page.locator("#screen-old")).to_be_hidden()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)


def test_the_screen_in_the_dark_in_arabic_on_a_phone_without_scripts_is_asked_for_anew_by_the_browser(
    open_page, live_server
):
    session, _people = listed("Amina Diallo")
    page = open_page(width=390, scripts=False, color_scheme="dark")
    enter(page, cast.coordinator(session.activity.host, language="ar"), live_server)
    page.goto(f"/ar/meetings/{meeting_of(session).pk}/check-in/")
    assert_fits(page)
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(1)
    page.get_by_role("link", name="أوقف تجدّد الصفحة").click()
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
