"""Two spellings of one city become one, in a real browser: from the desk's first page, and back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Organization
from merging.doubles import find_all
from tests import cast
from tests.plugins.browser import assert_fits
from tests.staff.test_browser import sign_in

from .spellings import two_spellings, with_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_three_clicks_from_the_front_page(
    width: int, scripts: bool, open_page: Any, axe: Callable[..., None], live_server: Any
) -> None:
    """“1 pair of organizations …”, “Look, and merge”, “Merge them”; then “Undo the merge”."""
    kept, gone = two_spellings()
    with_rows(gone)
    find_all()
    page = open_page(width=width, scripts=scripts)
    sign_in(page, cast.secretary(), live_server.url)
    page.goto(reverse("admin:index"))

    def click(role: str, name: str) -> None:
        page.locator("#main").get_by_role(role, name=name, exact=True).first.click()
        page.wait_for_load_state()
        assert_fits(page)
        if scripts:
            axe(page, within="#content")

    click("link", "1 pair of organizations may be one organization")
    click("link", "Look, and merge")
    assert page.get_by_text("people who act for it: 2").is_visible()
    click("button", "Merge them")
    page.get_by_text("“Ville de Dakar” was merged into “Dakar”.").first.wait_for()
    assert Organization.objects.standing_one(gone.pk) == kept

    click("link", "Undo the merge")
    click("button", "Undo the merge")
    page.get_by_text("undone. All that was moved went back.").wait_for()
    page.goto(reverse("admin:accounts_organization_change", args=[gone.pk]))
    click("link", "Merge with another")
    page.get_by_label("Look for the other").fill("dakar")
    click("button", "Search")
    click("link", "Dakar")
    click("link", "Let “Dakar” stay instead")
    assert page.get_by_role("button", name="Merge them").is_visible()
