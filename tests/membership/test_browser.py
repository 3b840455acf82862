"""In a real browser: many are confirmed from the first page; a person reads it on a phone, in Arabic, without scripts."""

import pytest
from playwright.sync_api import expect

from membership import actions
from membership.models import Claim, EmailDomain
from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def claimed(email: str) -> Claim:
    made = actions.claim(person=cast.person(email.partition("@")[0].title(), email=email, language="ar"))
    assert made
    return made


def test_many_are_confirmed_from_the_first_page_of_the_desk(open_page, axe, live_server):
    for email in ("amina@dakar.example", "bo@dakar.example", "chi@mail.example"):
        claimed(email)
    page = open_page(width=1280)
    enter(page, cast.secretary(), live_server)
    page.goto("/admin/")
    page.get_by_role("link", name="Dakar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who acts for Dakar")
    axe(page)
    page.get_by_label("Bo", exact=False).uncheck()
    page.get_by_label("From now on whoever proves an address at dakar.example").check()
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    page.get_by_role("button", name="Confirm those ticked").first.click()
    expect(page.get_by_text("1 person is confirmed, and told so.")).to_be_visible()
    assert EmailDomain.objects.get().domain == "dakar.example"
    assert Claim.objects.exclude(confirmed_at=None).get().person.name == "Amina"
    axe(page)
    assert_fits(page)


def test_on_a_phone_without_scripts_in_arabic(open_page, live_server):
    claim = claimed("amina@dakar.example")
    page = open_page(width=390, scripts=False)
    enter(page, claim.person, live_server)
    page.goto("/ar/me/")
    page.locator("main a[href='/ar/me/organizations/']").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("main h2")).to_have_text("Dakar")
    assert_fits(page)
    page.locator("button[name=leave]").click()
    expect(page.locator("main button[name=leave]")).to_have_count(0)
    claim.refresh_from_db()
    assert claim.end == Claim.End.PERSON
