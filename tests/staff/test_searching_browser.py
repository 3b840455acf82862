"""In a real browser: one key from any page of the desk, words, and the thing is open; on a phone the field is in reach."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_key_words_and_the_person_is_open(open_page, axe, complaints, live_server):
    folake = cast.person("Folake Adeyemi")
    secretary = cast.secretary()
    desk = open_page(width=1280)
    enter(desk, secretary, live_server)
    desk.goto("/admin/catalog/topic/")
    desk.keyboard.press("/")
    expect(desk.get_by_label("Search the desk")).to_be_focused()
    desk.keyboard.type("Adeyemi/")  # what is typed in a field is typed
    desk.keyboard.press("Backspace")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="Folake Adeyemi")).to_be_visible()
    axe(desk)
    desk.get_by_role("link", name="Folake Adeyemi").click()
    expect(desk).to_have_url(f"{live_server.url}/admin/accounts/user/{folake.pk}/change/")
    phone = open_page(width=390, scripts=False)
    enter(phone, secretary, live_server)
    phone.goto("/admin/search/?q=Adeyemi")
    assert_fits(phone)
    expect(phone.get_by_role("link", name="Folake Adeyemi")).to_be_visible()
