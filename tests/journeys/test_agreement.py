"""An agreement in a real browser: signed by the Secretariat, kept by a coordinator, seen by a visitor, told by letter."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.cache import cache
from django.urls import include, path, reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from demo import urls as demo_urls
from hubs import actions
from hubs.models import Agreement
from learning_station.urls import urlpatterns as station_urls
from tests import cast
from tests.hubs.agreements import contact, draft
from tests.hubs.files import PDF, private_root
from tests.plugins.browser import assert_fits
from tests.staff.test_browser import sign_in

__all__ = ["private_root"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As in the demonstration, where /letters/ is everybody's mailbox.
urlpatterns = [
    *station_urls,
    *i18n_patterns(path("", include(demo_urls)), prefix_default_language=False),
]


@pytest.fixture
def agreement(settings, tmp_path) -> Agreement:
    settings.DEMO, settings.ROOT_URLCONF = True, __name__
    cache.clear()
    made = draft(cast.host("chengdu"), starts_on=timezone.now().date() - timedelta(days=10))
    contact(made)
    return made


@pytest.fixture
def report(tmp_path) -> Path:
    file = tmp_path / "Report of the first year.pdf"
    file.write_bytes(PDF)
    return file


def test_an_agreement_from_signature_to_notice(open_page, live_server, axe, agreement, report):
    visitor: Page = open_page()
    visitor.goto("/hubs/chengdu/")
    axe(visitor)
    expect(visitor.get_by_text("Green communities")).to_have_count(0)

    secretariat: Page = open_page()
    sign_in(secretariat, cast.secretary(), live_server.url)
    secretariat.goto(reverse("admin:hubs_agreement_overview", args=[agreement.pk]))
    axe(secretariat)
    secretariat.get_by_role("link", name="Sign", exact=True).click()
    expect(secretariat.get_by_text("2 people will be written to")).to_be_visible()
    secretariat.get_by_role("button", name="Sign").click()
    expect(secretariat.get_by_text("it is signed.")).to_be_visible()

    visitor.reload()
    expect(visitor.get_by_text("Green communities")).to_be_visible()
    expect(visitor.get_by_text("Running", exact=True)).to_be_visible()
    expect(visitor.get_by_text("Two webinars")).to_have_count(0)

    coordinator: Page = open_page()
    sign_in(coordinator, cast.coordinator(agreement.host), live_server.url)
    coordinator.goto(reverse("admin:hubs_agreement_overview", args=[agreement.pk]))
    expect(coordinator.get_by_role("link", name="Extend")).to_have_count(0)
    coordinator.get_by_role("link", name="Add a milestone").click()
    expect(coordinator.get_by_label("Agreement")).to_have_value(str(agreement.pk))
    coordinator.get_by_label("Title in English").first.fill("Two webinars")
    coordinator.get_by_label("Kind").select_option(label="activity")
    due = agreement.today(timezone.now()) + timedelta(days=10)
    coordinator.get_by_label("Due").fill(due.isoformat())
    coordinator.get_by_label("Promised").fill("2")
    evidence = coordinator.locator("#evidence-0")
    evidence.get_by_label("Title in English").fill("First report")
    evidence.get_by_label("File").set_input_files(report)
    evidence.get_by_label("Shown to everyone").check()
    coordinator.get_by_role("button", name="Save", exact=True).click()
    expect(coordinator.get_by_text("Two webinars").first).to_be_visible()

    visitor.reload()
    expect(visitor.get_by_role("paragraph").filter(has_text="Two webinars")).to_be_visible()
    expect(visitor.get_by_text("0 of 2 activities held")).to_be_visible()
    axe(visitor)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="First report").click()
    assert download.value.suggested_filename == report.name

    visitor.goto("/letters/")
    expect(visitor.get_by_text("Due in 10 days: Two webinars").first).to_be_visible()
    expect(
        visitor.get_by_text("The agreement with Metropolis Learning Hub Chengdu is signed").first
    ).to_be_visible()


PAGES = [
    "/centers/",
    "/centers/seoul/",
    "/hubs/",
    "/hubs/chengdu/",
    "/hubs/chengdu/message/",
    "/members/",
    "/members/dakar/",
]


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1280])
def test_public_pages_fit_and_read_well(open_page, axe, width):
    cache.clear()
    cast.organization("Dakar", latitude=14.69, longitude=-17.44)
    cast.session(cast.activity("Water in dense cities", host=cast.host("seoul")))
    cast.host("chengdu")
    page = open_page(width=width, timezone_id="Africa/Dakar")
    for address in PAGES:
        page.goto(address)
        axe(page)
        assert_fits(page)
    page.goto("/centers/seoul/")
    expect(page.locator("[data-now]").first).to_contain_text("(UTC+9)")


def test_a_message_without_scripts(open_page):
    cache.clear()
    cast.host("chengdu")
    page = open_page(scripts=False)
    page.goto("/hubs/chengdu/")
    expect(page.locator("[data-now]").first).to_have_text("UTC+8")
    page.get_by_role("link", name="Write to the hub").click()
    page.get_by_label("Your name").fill("Ana Lobo")
    page.get_by_label("Your e-mail address").fill("ana@city.example")
    page.get_by_label("Your message").fill("We would like to join.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("That was very fast.").first).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("We would like to join.")


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_the_desk_fit_and_read_well(open_page, live_server, axe, agreement, width):
    secretary = cast.secretary()
    actions.sign(agreement=agreement, by=secretary)
    milestone = actions.add_milestone(
        agreement=agreement, kind="activity", title="Two webinars", due_on=agreement.ends_on, by=secretary
    )
    year = timezone.now().year
    page = open_page(width=width)
    sign_in(page, secretary, live_server.url)
    for address in (
        reverse("admin:hubs_agreement_changelist"),
        reverse("admin:hubs_agreement_change", args=[agreement.pk]),
        reverse("admin:hubs_agreement_overview", args=[agreement.pk]),
        f"{reverse('admin:hubs_agreement_extension')}?ids={agreement.pk}",
        f"{reverse('admin:hubs_agreement_review')}?ids={agreement.pk}",
        reverse("admin:hubs_agreement_report", args=["chengdu", year]),
        reverse("admin:hubs_milestone_change", args=[milestone.pk]),
        reverse("admin:hubs_researchwork_add"),
    ):
        assert page.goto(address).status == 200, address
        axe(page)
        assert_fits(page)
