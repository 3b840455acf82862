"""Right to left: an official of Cairo goes from the catalog to the letter in Arabic."""

import re

import pytest
from playwright.sync_api import Page, expect

from outbox.models import Letter
from registrations.models import Registration
from tests import cast
from tests.accounts.signing_in import code_in_letter
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMAIL = "salma@city.example"


def looks_right(page: Page, axe) -> None:
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    axe(page)
    assert_fits(page)


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.long)])
def test_an_official_of_cairo_registers_in_arabic(open_page, axe, width):
    cast.organization("Cairo", country="EG", timezone="Africa/Cairo")
    cast.session(cast.activity("Water in dense cities", host=cast.host("cairo")))
    page = open_page(width=width, locale="ar", timezone_id="Africa/Cairo")
    page.goto("/ar/")
    looks_right(page, axe)
    page.goto("/ar/activities/")
    looks_right(page, axe)
    page.get_by_role("link", name="Water in dense cities").first.click()
    expect(page.locator("h1")).to_have_attribute("lang", "en")  # nobody has written it in Arabic
    looks_right(page, axe)
    page.get_by_role("link", name="سجّل", exact=True).first.click()
    page.get_by_label("البريد الإلكتروني").fill(EMAIL)
    looks_right(page, axe)
    page.get_by_role("button", name="سجّل").click()
    expect(page.get_by_text(EMAIL)).to_be_visible()
    looks_right(page, axe)
    page.get_by_label("الرمز الوارد في الرسالة").fill(code_in_letter(EMAIL))
    page.get_by_role("button", name="متابعة").click()

    looks_right(page, axe)
    page.get_by_label("اسمك").fill("سلمى حسن")
    page.get_by_role("combobox", name="المؤسسة").fill("cairo")
    page.get_by_role("option", name="Cairo (مصر)").click()
    page.get_by_label("منصبك").fill("رئيسة إدارة المياه")
    page.get_by_label(re.compile("فني")).check()
    page.get_by_label("البلد").select_option("EG")
    page.get_by_role("button", name="متابعة").click()
    page.get_by_role("button", name="سجّل").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("لديك مقعد")
    looks_right(page, axe)

    letter = Letter.objects.get(kind="confirmation")
    assert letter.subject == "تم تأكيد مقعدك: \u2068Water in dense cities\u2069"
    assert 'dir="rtl"' in letter.html
    assert Registration.objects.get().person.language == "ar"
