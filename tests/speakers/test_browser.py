"""Who speaks, in a real browser: on a desk, on a phone from right to left; and named in the form of an activity."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pictures.small import portrait_of
from speakers import actions
from staff.speaker_form import offer_of
from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits
from tests.sample_pictures import city

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def speaker():
    cast.session(activity := cast.activity())
    made = cast.speaker(activity, role_en="Moderator", organization="City of Accra").speaker
    made.words_en, made.link, made.languages = "Long ago. " * 30, "https://ada.example/", ["en", "fr"]
    made.save()
    actions.set_portrait(speaker=made, picture=portrait_of(city()), by=None)
    return made


@pytest.mark.parametrize(("prefix", "width"), [("", 1280), ("/ar", 390)])
def test_words_and_picture_stand_beside_the_name(open_page, axe, live_server, speaker, prefix, width):
    page = open_page(width=width)
    page.goto(f"{live_server.url}{prefix}{speaker.appearances.get().activity.get_absolute_url()}")
    picture = page.get_by_role("img", name="Ada Mensah")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('img.person-picture').naturalWidth === 160")
    box = picture.bounding_box()
    assert (round(box["width"]), round(box["height"])) == (52, 52)
    page.locator("summary", has_text="Ada Mensah").click()
    expect(page.get_by_text("Long ago.")).to_be_visible()
    assert_fits(page)
    axe(page)


def test_the_form_of_an_activity_offers_who_is_known(open_page, axe, live_server, speaker):
    other = cast.activity("Another")
    page = open_page(width=1280)
    enter(page, cast.coordinator(cast.host("seoul")), live_server)
    page.goto(reverse("admin:catalog_activity_change", args=[other.pk]))
    name = page.locator("#id_speakers-0-name")
    offered = page.locator("#known-speakers option")
    assert [option.get_attribute("value") for option in offered.all()] == [offer_of(speaker)]
    name.fill(offer_of(speaker))
    axe(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(": saved.")).to_be_visible()
    assert other.speakers.get().speaker == speaker
    page.goto(reverse("admin:speakers_speaker_change", args=[speaker.pk]))
    axe(page)
    page.get_by_role("link", name="Forget this speaker").click()
    axe(page)
    page.get_by_role("button", name="Forget for good").click()
    expect(page.get_by_text("forgotten.")).to_be_visible()
