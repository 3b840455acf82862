"""A file of organizations to the end in a real browser, and back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Organization
from imports.views import imports as views
from tests import cast
from tests.imports.making import as_xlsx
from tests.imports.test_browser import choose
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADINGS = ("Code", "Name", "Kind", "Country", "Region", "Official names")


def test_a_file_of_organizations_from_the_list_to_the_end(open_page, axe, live_server, monkeypatch):
    monkeypatch.setattr(views, "SECONDS", PATIENCE)  # no worker runs here
    cast.organization(slug="dakar", kind="member")
    rows = [
        ("dakar", "Dakar", "partner", "", "", "fr: Ville de Dakar"),
        ("", "Lagos", "member", "Nigeria", "Africa", ""),
        ("", "Nowhere", "member", "Atlantis", "Africa", ""),
    ]
    page = open_page(width=1280)
    enter(page, cast.secretary(), live_server)
    page.goto(reverse("admin:accounts_organization_changelist"))
    page.get_by_role("link", name="Import organizations").click()
    axe(page)
    choose(page, as_xlsx(rows, HEADINGS))
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("Country: “Atlantis” is not known.")).to_be_visible()
    expect(page.get_by_text("Ville de Dakar")).to_be_visible()
    axe(page)
    assert_fits(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What came of the import")
    assert Organization.objects.count() == 2
    axe(page)
    assert_fits(page)
    page.get_by_role("link", name="Undo this import").click()
    axe(page)
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This import was undone")
    assert Organization.objects.get().kind == "member"
