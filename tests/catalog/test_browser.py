"""The catalog in a real browser: live with scripts, whole without them, and readable by everybody."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from catalog.listing.dictionaries import is_in_a_dictionary
from catalog.models import Material
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def catalog():
    mobility, housing = cast.topic("Mobility"), cast.topic("Housing")
    for number in range(3):
        activity = cast.activity(f"Night buses {number}", topics=[mobility], languages=["en", "fr"])
        cast.session(activity, starts_in=timedelta(days=number + 2))
    homes = cast.activity(
        "Homes for all", topics=[housing], format="online_course", description="Say **more**."
    )
    cast.speaker(homes, "김도현", role_en="Architect")
    Material.objects.create(activity=homes, title="Reading list", link="https://library.example/list")
    cast.session(homes, starts_in=timedelta(days=1))
    cast.activity("Long ago", held_on="2019-05-02")
    return homes


def test_ticking_a_filter_changes_list_numbers_and_address_and_keeps_the_focus(page, catalog):
    page.goto("/activities/")
    expect(page.locator("#result-count")).to_have_text("4 activities")
    page.locator("#topic-mobility").focus()
    page.keyboard.press("Space")
    expect(page.locator("#result-count")).to_have_text("3 activities")
    expect(page).to_have_url(re.compile(r"/activities/\?topic=mobility$"))
    expect(page.locator("#topic-mobility")).to_be_focused()
    expect(page.locator("#topic-mobility")).to_be_checked()
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator("#format-webinar")).to_have_count(0)  # all that is left are webinars
    page.keyboard.press("Space")
    expect(page.locator("#result-count")).to_have_text("4 activities")
    expect(page).to_have_url(re.compile(r"/activities/$"))
    page.go_back()
    expect(page.locator("#result-count")).to_have_text("3 activities")


def test_typing_searches_without_losing_a_letter_or_the_place(page, catalog):
    is_in_a_dictionary("homse")  # the dictionaries are read once in a process, and not while the page waits
    page.goto("/activities/")
    page.locator("#q").focus()
    page.keyboard.type("homse", delay=30)
    expect(page.locator("#result-count")).to_have_text("1 activity")
    expect(page.locator("#results")).to_contain_text("Showing results for homes")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("homse")
    expect(page).to_have_url(re.compile(r"/activities/\?q=homse$"))


def test_the_readers_clock_is_added_to_cards_that_come_live(open_page, catalog):
    page = open_page(timezone_id="America/Bogota")
    page.goto("/activities/")
    expect(page.locator("article .clock-own")).to_have_count(4)
    page.locator("#topic-mobility").check()
    expect(page.locator("#result-count")).to_have_text("3 activities")
    expect(page.locator("article .clock-own")).to_have_count(3)


def test_without_scripts_the_form_is_sent_and_links_take_filters_away(desk_without_scripts, catalog):
    page = desk_without_scripts
    page.goto("/activities/")
    page.locator("#topic-mobility").check()
    page.get_by_role("button", name="Show the results").click()
    expect(page.locator("#result-count")).to_have_text("3 activities")
    expect(page.locator("#topic-mobility")).to_be_checked()
    page.get_by_role("link", name="Mobility").and_(page.locator(".chip")).click()
    expect(page.locator("#result-count")).to_have_text("4 activities")
    page.locator("#q").fill("homes")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#result-count")).to_have_text("1 activity")
    page.get_by_role("link", name="Homes for all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Homes for all")


def test_on_a_phone_without_scripts_the_filters_unfold(phone_without_scripts, catalog):
    page = phone_without_scripts
    page.goto("/activities/")
    expect(page.locator("#topic-mobility")).not_to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    page.locator("#topic-mobility").check()
    page.get_by_role("button", name="Show the results").click()
    expect(page.locator("#result-count")).to_have_text("3 activities")


def test_on_a_phone_the_open_filters_stay_open_while_the_list_changes(phone, catalog):
    phone.goto("/activities/")
    phone.get_by_text("Filters", exact=True).click()
    phone.locator("#topic-mobility").check()
    expect(phone.locator("#result-count")).to_have_text("3 activities")
    expect(phone.locator("#topic-mobility")).to_be_visible()
    show = phone.get_by_role("button", name="Show 3 results")
    expect(show).to_be_in_viewport()
    show.click()
    expect(phone.locator("#topic-mobility")).not_to_be_visible()
    expect(phone.locator("#result-count")).to_be_in_viewport()


def test_axe_finds_nothing_serious_in_the_open_filters(phone, axe, catalog):
    for address in ("/activities/?topic=mobility&q=buses", "/fr/activities/?language=fr"):
        phone.goto(address)
        phone.locator(".filters-fold > summary").click()
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") == 390, address


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious(open_page, axe, catalog, width):
    page = open_page(width=width)
    for address in (
        "/",
        "/activities/",
        "/activities/?topic=mobility&q=buses",
        "/activities/?q=nothinglikethis&topic=mobility",
        "/activities/?when=past",
        "/fr/activities/?language=fr",
        catalog.get_absolute_url(),
    ):
        page.goto(address)
        if "activities/?" in address and width == 390:
            page.locator(".filters-fold > summary").click()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
