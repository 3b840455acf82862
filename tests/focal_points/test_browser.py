"""In a real browser: an official with a private address is confirmed by a focal point on a phone, and finds it so."""

import pytest
from playwright.sync_api import expect

from membership.models import Claim
from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import claimed, focal_point

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_focal_point_confirms_on_a_phone(open_page, axe, live_server):
    fatou = focal_point().person
    claim = claimed(email="amina.diallo@gmail.com")
    page = open_page(width=390)
    enter(page, fatou, live_server)
    page.goto("/me/")
    page.get_by_role("link", name="Look and confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dakar")
    expect(page.get_by_text("Anybody may have an address there")).to_be_visible()
    axe(page)
    assert_fits(page)
    page.get_by_role("link", name="Not of our organization").click()
    axe(page)
    assert_fits(page)
    page.get_by_role("link", name="No, back to the list").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("Amina Diallo is confirmed for Dakar, and told so.")
    expect(page.get_by_text("Nobody waits for your word.", exact=False)).to_be_visible()
    axe(page)
    claim.refresh_from_db()
    assert claim.ground == Claim.Ground.FOCAL_POINT
    enter(page, claim.person, live_server)
    page.goto("/me/organizations/")
    expect(page.get_by_text("Confirmed by a focal point of the organization.", exact=False)).to_be_visible()


def test_without_scripts_in_arabic_somebody_is_refused(open_page, axe, live_server):
    claim = claimed("Xavier Nobody", email="x@gmail.com")
    page = open_page(width=390, scripts=False)
    enter(page, focal_point(language="ar").person, live_server)
    page.goto("/ar/endorsements/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert_fits(page)
    page.locator("main a[href$='/refusal/']").click()
    assert_fits(page)
    page.locator("main button[type=submit]").click()
    expect(page.locator("main form")).to_have_count(0)
    claim.refresh_from_db()
    assert claim.end == Claim.End.REFUSED


def test_staff_name_a_focal_point_at_the_desk(open_page, axe, live_server):
    claimed(email="amina@dakar.example")
    page = open_page(width=1280)
    enter(page, cast.secretary(), live_server)
    page.goto(f"/admin/accounts/organization/{cast.organization().pk}/change/")
    page.get_by_role("link", name="Name a focal point").click()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    page.get_by_label("E-mail address").fill("amina@dakar.example")
    page.get_by_role("button", name="Name, and write to them").click()
    expect(page.get_by_text("Amina Diallo is a focal point of Dakar until", exact=False)).to_be_visible()
    axe(page)
