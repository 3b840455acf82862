"""From the desk's first page to registered people in a real browser, clicks counted; on a phone without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from imports.views import imports as views
from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits
from tests.waiting import PATIENCE

from .making import as_xlsx, people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Clicks:
    """Presses of buttons and links. Files, choices in a list and typed words are not counted; a radio button is."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.count += 1


def choose(page: Page, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "nominations.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )


def test_from_the_desks_first_page_to_registered_people(open_page, axe, live_server, monkeypatch):
    monkeypatch.setattr(views, "SECONDS", PATIENCE)  # no worker runs here
    cast.organization()
    session = cast.session(places=15)
    wrong = ("no address", "Somebody Else", "Dakar", "Officer", "technical", "Senegal")
    page = open_page(width=1280)
    enter(page, cast.secretary(), live_server)
    page.goto(reverse("admin:index"))
    click = Clicks(page)
    click("link", "Register many people")
    axe(page)
    page.get_by_label("Session").select_option(str(session.pk))
    choose(page, as_xlsx([*people(20), wrong]))
    page.get_by_label("Whose list is it?").fill("Nominations of the City of Dakar")
    click("radio", "their organization named them, and told them so")
    click("button", "Show what would happen")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would happen")
    expect(page.get_by_text("20 people will be written to: English 20.")).to_be_visible()
    axe(page)
    assert_fits(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    assert not session.registrations.exists()
    click("button", "Register 20 people")
    expect(page.get_by_role("heading", level=1)).to_have_text("What came of the import")
    assert session.registrations.count() == 20
    assert click.count <= 4
    axe(page)
    assert_fits(page)
    click("link", "Undo this import")
    axe(page)
    click("button", "Undo the import")
    expect(page.get_by_role("heading", level=1)).to_have_text("This import was undone")
    assert not session.registrations.exists()


def test_on_a_phone_without_scripts_in_arabic(open_page, live_server):
    session = cast.session()
    page = open_page(width=390, scripts=False)
    enter(page, cast.secretary(), live_server)
    page.goto(f"/ar{reverse('imports:new')}?session={session.pk}")
    page.locator("textarea").fill("Ana\tana@city.example\tPlanner\nBen\tben@city.example\tEngineer")
    page.locator("#id_source").fill("مدينة داكار")
    page.locator("input[name=ground][value=named]").check()
    page.locator("form.panel button[type=submit]").click()
    expect(page.locator("h1")).to_be_visible()
    assert_fits(page)
    page.locator("#columns summary").click()
    page.locator("#id_all-column_2").select_option("post")
    page.locator("#columns button").click()
    assert_fits(page)
