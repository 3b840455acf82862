"""“Again, next year” in a real browser: how many clicks it takes, and what it saves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.actions import publish
from catalog.models import Activity
from tests import cast
from tests.copying.held_before import held_before, series, with_materials
from tests.hubs.files import private_root  # noqa: F401 - a fixture
from tests.plugins.browser import assert_fits
from tests.staff.test_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What somebody typed, chose or ticked; not what the form holds by itself.
FILLED = """form => [...form.querySelectorAll("input, textarea, select")].filter(field =>
  field.type !== "hidden" && field.type !== "submit" && !field.disabled && !field.name.includes("__prefix__")
  && (["checkbox", "radio"].includes(field.type) ? field.checked : field.value.trim())).length"""


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False), pytest.param(390, True, marks=pytest.mark.long)]
)
def test_four_clicks_from_the_front_page_and_nothing_typed_where_it_was_over_40_fields(
    width: int, scripts: bool, open_page: Any, axe: Callable[..., None], live_server: Any
) -> None:
    """Before, the draft was typed anew: all that stands in its form now, counted here, was to be typed or chosen.

    Now: “Activities”, the activity, “Copy”, “Make the draft”; two of them from the activity's page.
    """
    activity = held_before()
    with_materials(activity, series(activity))
    page = open_page(width=width, scripts=scripts)
    sign_in(page, cast.secretary(), live_server.url)
    page.goto(reverse("admin:index"))
    clicks = 0

    def click(role: str, name: str) -> None:
        nonlocal clicks
        page.locator("#main").get_by_role(role, name=name, exact=True).first.click()
        clicks += 1

    click("link", "Activities")
    click("link", "Water in dense cities")
    click("link", "Copy")
    assert_fits(page)
    assert page.locator("#content-main tbody td").first.inner_text() == "Tue 2026-04-21 10:00–11:30"
    if scripts:
        axe(page)
    click("button", "Make the draft")
    page.get_by_text("This is the copy, a draft, with 1 session.").wait_for()
    assert clicks == 4

    draft = Activity.objects.get(earlier=activity)
    assert page.url.endswith(reverse("admin:catalog_activity_change", args=[draft.pk]))
    assert page.locator("#activity_form").evaluate(FILLED) > 40
    assert draft.sessions.get().ends_at > timezone.now()
    if scripts:
        axe(page, within="#content")
        reads_of_the_editions(page, axe, activity, draft)


def reads_of_the_editions(page: Any, axe: Callable[..., None], activity: Activity, draft: Activity) -> None:
    """Once the draft is public, each page leads to the other."""
    publish(activity=draft, by=None)
    page.goto(f"/ar{activity.get_absolute_url()}")
    axe(page)
    page.get_by_role("paragraph").filter(has_text="مرة أخرى").get_by_role("link").click()
    page.wait_for_url(f"**/ar{draft.get_absolute_url()}")
    axe(page)
    assert_fits(page)
    page.get_by_role("region", name="النسخ السابقة").get_by_role("link").click()
    page.wait_for_url(f"**/ar{activity.get_absolute_url()}")
