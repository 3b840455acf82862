"""In a real browser: a person agrees on a phone, in Arabic, without scripts; staff open the names; axe finds nothing."""

import pytest
import time_machine
from playwright.sync_api import expect

from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import NOW, its_people, learned, looked_after

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_agrees_on_a_phone_and_the_secretariat_opens_the_names(open_page, axe, live_server):
    people = its_people(12)
    with time_machine.travel(NOW, tick=False):
        learned(people, topics=[cast.topic("Mobility")], certified=people)
        learned(people[:3], year=2024)
        learned(people[3:7], year=2025)
        looked_after()
    phone = open_page(width=390, scripts=False)
    enter(phone, people[0], live_server)
    phone.goto("/ar/me/record/")
    phone.locator("main a[href='/ar/me/record/cities/']").click()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    assert_fits(phone)
    phone.locator("main button[name=agree]").click()
    expect(phone.locator("main button[name=take_back]")).to_be_visible()
    expect(phone.locator("main .schedule-title")).to_have_count(2)
    own = phone.locator("main .so-far").inner_text()

    page = open_page(width=1280)
    enter(page, cast.secretary(), live_server)
    page.goto("/members/dakar/")
    axe(page)
    page.get_by_role("link", name="Its learning record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What Dakar learned here")
    axe(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert_fits(page)
    page.get_by_role("button", name="Show the names").click()
    expect(page.locator("#people h3")).to_have_text([people[0].name])
    axe(page)
    page.goto("/ar/members/dakar/record/")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    page.locator("#people form button").first.click()
    assert page.locator("#people .so-far").inner_text() == own
    assert_fits(page)
    enter(page, people[0], live_server)
    page.goto("/me/record/cities/")
    axe(page)
