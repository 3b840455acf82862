"""The Secretariat merges two accounts of one person who were both registered, and she signs in with the former address."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import cast
from tests.accounts.signing_in import code_in_letter
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_registered_people_are_made_one_to_the_end(open_page, axe, live_server):
    session = cast.session(places=1)
    kept, gone = cast.person("Amina Diallo"), cast.person("DIALLO Amina")
    seat, waiting = cast.register(session, gone), cast.register(session, kept)
    page = open_page(width=1280)
    enter(page, cast.secretary(), live_server)
    page.goto(reverse("admin:accounts_user_change", args=[kept.pk]))
    page.get_by_role("link", name="Merge with another").click()
    axe(page)
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).last.fill(gone.email)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="DIALLO Amina").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Are these two one person?")
    expect(page.get_by_text("“confirmed” stays, “on the waiting list” ends.")).to_be_visible()
    axe(page)
    assert_fits(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("“DIALLO Amina” was merged into “Amina Diallo”.")).to_be_visible()
    page.goto(reverse("admin:accounts_user_change", args=[gone.pk]))
    expect(page).to_have_url(f"{live_server.url}{reverse('admin:accounts_user_change', args=[kept.pk])}")

    hers = open_page(width=390, scripts=False)
    hers.goto(f"/accounts/login/?next={seat.get_absolute_url()}")
    hers.locator("input[name=email]").fill(gone.email)
    hers.get_by_role("button", name="Send me a code").click()
    hers.locator("input[name=code]").fill(code_in_letter(gone.email))
    hers.get_by_role("button", name="Continue").click()
    expect(hers).to_have_url(f"{live_server.url}{waiting.get_absolute_url()}")
    expect(hers.get_by_text("You have a place")).to_be_visible()
