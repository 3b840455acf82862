"""Every public page and every page of an account in Arabic, right to left: axe on small and large, light and dark."""

import pytest

from .walking import Walk, own_pages, public_pages, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class ArabicWalk(Walk):
    def look_everywhere(self, where: str) -> None:
        language, direction = self.page.evaluate(
            "[document.documentElement.lang, getComputedStyle(document.body).direction]"
        )
        assert (language, direction) == ("ar", "rtl"), where
        super().look_everywhere(where)


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
