"""Every public page and every page of an account in Arabic, right to left: on a phone, and whether it fits a desk.

Colors are those of the other languages, which test_accessibility.py looks at.
"""

import pytest

from .walking import Walk, own_pages, public_pages, signed_in, sticks_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class ArabicWalk(Walk):
    def look_everywhere(self, where: str) -> None:
        language, direction = self.page.evaluate(
            "[document.documentElement.lang, getComputedStyle(document.body).direction]"
        )
        assert (language, direction) == ("ar", "rtl"), where
        self.look_at(where, 390, "light")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.note(f"{where} at 1280 px", sticks_out(self.page))


def in_arabic(addresses: list[str]) -> list[str]:
    return [f"/ar{address}" for address in addresses]


def test_axe_finds_nothing_on_public_pages_in_arabic(page, station):
    walk = ArabicWalk(page)
    walk.through(in_arabic(public_pages(station)), walk.look_everywhere)
    walk.done()


def test_axe_finds_nothing_on_the_pages_of_an_account_in_arabic(page, live_server, station):
    signed_in(page, station.person, live_server.url)
    walk = ArabicWalk(page)
    walk.through(in_arabic(own_pages(station)), walk.look_everywhere)
    walk.done()
