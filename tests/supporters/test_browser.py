"""Supporters in a real browser: on a desk, on a phone from right to left, in the dark; nothing moves when logos come."""

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from pictures.small import logo_of
from supporters import actions
from supporters.models import Supporter
from tests import cast
from tests.plugins.browser import assert_fits
from tests.sample_pictures import file_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def drawn(color: str) -> bytes:
    image = Image.new("RGBA", (640, 160))
    ImageDraw.Draw(image).ellipse([0, 0, 639, 159], fill=color)
    return logo_of(file_of(image, "logo.png"))


@pytest.mark.parametrize(("prefix", "width", "scheme"), [("", 1280, "light"), ("/ar", 390, "dark")])
def test_logos_stand_in_a_quiet_row(open_page, axe, live_server, prefix, width, scheme):
    cast.session(activity := cast.activity())
    for of in ({}, {"activity": activity}):
        with_logo = Supporter.objects.create(name="River Bank", link="https://bank.example/", **of)
        Supporter.objects.create(name="Fund of Many Words for Cities That Learn from Each Other", **of)
        actions.set_logo(supporter=with_logo, picture=drawn("#145039"), by=None)
        actions.set_logo(supporter=with_logo, picture=drawn("#d2e7d9"), is_dark=True, by=None)
    page = open_page(width=width)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}{prefix}{activity.get_absolute_url()}")
    logos = page.get_by_role("img", name="River Bank")
    expect(logos).to_have_count(2)
    for logo in logos.all():
        before = logo.bounding_box()
        assert (round(before["width"]), round(before["height"])) == (160, 40)
        logo.scroll_into_view_if_needed()
        expect(logo).to_have_js_property("complete", True)
        after = logo.bounding_box()
        assert (after["width"], after["height"]) == (before["width"], before["height"])
    assert_fits(page)
    axe(page)
