"""Every public page and every page of an account, for everybody (WCAG 2.2 AA): axe on small and large, light and dark.

Right to left is walked in test_accessibility_rtl.py, at the same time on another core.
"""

from collections import defaultdict

import pytest
from playwright.sync_api import expect

from tests.accounts.signing_in import code_in_letter

from .walking import DESK_AND_ENLARGED, PARTS, Walk, own_pages, public_pages, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_on_public_pages_each_of_which_has_a_title_of_its_own(page, station):
    walk, titles = Walk(page), defaultdict(list)

    def look(address: str) -> None:
        walk.look_at_sizes(address, *DESK_AND_ENLARGED)
        walk.look_on_a_phone(address)
        if "?" not in address:
            titles[page.title()].append(address)

    walk.through(public_pages(station), look)
    walk.done()
    shared = [addresses for addresses in titles.values() if len(addresses) > 1]
    assert shared == [["/nothing-here/", "/registrations/AAAAAAAAAAAA/"]]  # neither is there


def test_axe_finds_nothing_on_the_pages_of_an_account(page, live_server, station):
    signed_in(page, station.person, live_server.url)
    walk = Walk(page)

    def look(address: str) -> None:
        walk.look_at_sizes(address, *DESK_AND_ENLARGED)
        walk.look_on_a_phone(address)

    walk.through([*own_pages(station), "/admin/"], look)  # the desk is not for officials
    page.goto("/accounts/profile/")
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true; })")
    page.get_by_label("Your name").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_be_focused()
    walk.look_everywhere("the profile with errors")
    walk.done()


@pytest.mark.long
def test_axe_finds_nothing_on_a_desk_in_the_dark(page, live_server, station):
    walk = Walk(page)
    walk.through(public_pages(station), lambda address: walk.look_at(address, 1280, "dark"))
    signed_in(page, station.person, live_server.url)
    walk.through(own_pages(station), lambda address: walk.look_at(address, 1280, "dark"))
    walk.done()


@pytest.mark.long
def test_the_code_page_is_for_everybody(page, station):
    walk = Walk(page)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(station.person.email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code from the letter")).to_be_focused()
    walk.look_everywhere("entering the code")
    page.get_by_label("Code from the letter").fill("0000-0000")
    assert code_in_letter(station.person.email) != "0000-0000"
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".error-summary")).to_be_visible()
    walk.look_everywhere("a wrong code")
    walk.done()


# All of them on one page.
WRONG = {
    "document.querySelector('main').append(document.createElement('h5'))": "a heading of level 5",
    "document.title = 'Untitled'": "the title is “Untitled”",
    "document.querySelector('body > header').remove()": "not one header",
    "document.querySelector('h1').style.color = '#eee'": "color-contrast",
    "document.querySelector('main').style.width = '2000px'": "2000 px wide",
    "document.documentElement.removeAttribute('lang')": "html-has-lang",
    "document.querySelector('main').before(document.querySelector('h1').cloneNode(true))": "2 headings of level 1",
}


def test_the_walk_sees_what_is_wrong(page, station):
    page.goto("/accessibility/")
    for script in WRONG:
        page.evaluate(script)
    walk = Walk(page)
    walk.look_everywhere("here")
    lines = [line for lines in walk.wrong.values() for line in lines]
    for expected in WRONG.values():
        assert any(expected in line for line in lines), expected
    page.evaluate("document.querySelectorAll('h1').forEach(one => one.remove())")
    assert "0 headings of level 1" in page.evaluate(PARTS)
