"""In a real browser, on a phone: the owner hides and corrects the name, a stranger checks it; in English and in Arabic."""

import pytest
from playwright.sync_api import expect

from credentials.models import Certificate
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import certificate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_owner_hides_and_corrects_the_name_and_a_stranger_checks_it(
    open_page, axe, complaints, live_server
):
    amina = certificate("Amina Diallo")
    mine = open_page(width=390)
    enter(mine, amina.registration.person, live_server)
    mine.goto("/me/")
    mine.locator("#my-certificates").scroll_into_view_if_needed()
    mine.get_by_role("link", name="Water in dense cities", exact=True).last.click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Certificate of participation")
    axe(mine)
    assert_fits(mine)
    with mine.expect_download() as download:
        mine.get_by_role("link", name="Download (PDF)").click()
    assert download.value.suggested_filename == f"{amina.code}.pdf"
    mine.get_by_role("link", name="Correct the name").click()
    axe(mine)
    assert_fits(mine)
    mine.get_by_label("The name as it should stand").fill("Aminata Diallo")
    mine.get_by_role("button", name="Make the new edition").click()
    expect(mine.get_by_role("status")).to_contain_text("The name is corrected.")
    mine.get_by_role("button", name="Hide my name").click()
    expect(mine.get_by_role("status")).to_contain_text("Your name is hidden.")
    address = mine.locator(".certificate-address").inner_text()
    newest = Certificate.objects.get(edition=2)
    assert address.endswith(f"/certificates/{newest.code}/")

    stranger = open_page(width=390)
    stranger.goto("/")
    stranger.get_by_role("contentinfo").get_by_role("link", name="Check a certificate").click()
    axe(stranger)
    assert_fits(stranger)
    stranger.get_by_label("Code of the certificate").fill(f"{amina.code[:6]} {amina.code[6:]}".lower())
    stranger.get_by_role("button", name="Check", exact=True).click()
    expect(stranger.locator(".certificate-word")).to_have_text("Replaced by a newer edition")
    axe(stranger)
    assert_fits(stranger)
    stranger.get_by_role("link", name="Open the newest edition").click()
    expect(stranger.locator(".certificate-word")).to_have_text("Valid")
    expect(stranger.get_by_role("main")).not_to_contain_text("Diallo")
    stranger.get_by_label("Name on the document").fill("DIALLO, Aminata")
    stranger.get_by_role("button", name="Compare").click()
    expect(stranger.get_by_role("status")).to_contain_text("Yes:")
    axe(stranger)
    assert_fits(stranger)


@pytest.mark.long  # tests/journeys/test_certificate.py reads it in Arabic, too
def test_in_arabic_without_scripts(open_page, axe, live_server):
    noor = certificate("نُور عادل", language="ar")
    mine = open_page(width=390, scripts=False)
    enter(mine, noor.registration.person, live_server)
    mine.goto(f"/ar/certificates/{noor.code}/")
    assert_fits(mine)
    mine.get_by_role("button", name="أخفِ اسمي").click()
    expect(mine.get_by_role("status")).to_contain_text("أُخفي اسمك.")
    stranger = open_page(width=390, scripts=False)
    stranger.goto("/ar/certificates/")
    assert_fits(stranger)
    stranger.get_by_label("رمز الشهادة").fill(noor.code)
    stranger.get_by_role("button", name="تحقق", exact=True).click()
    expect(stranger.locator("html")).to_have_attribute("dir", "rtl")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("شهادة مشاركة")
    assert_fits(stranger)
    stranger.get_by_label("الاسم على الوثيقة").fill("نور  عادل")
    stranger.get_by_role("button", name="قارن").click()
    expect(stranger.get_by_role("status")).to_contain_text("نعم:")
    assert_fits(stranger)
    with_scripts = open_page(width=390)
    with_scripts.goto(f"/ar/certificates/{noor.code}/")
    axe(with_scripts)
