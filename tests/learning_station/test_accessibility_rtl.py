"""Every public page and every page of an account in Arabic, right to left: whether it fits, and what axe says of it on a
phone.

Colors are those of the other languages, which test_accessibility.py looks at.
"""

import pytest

from .walking import DESK_AND_ENLARGED, Walk, own_pages, public_pages, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class ArabicWalk(Walk):
    def through_arabic(self, addresses: list[str], *, with_axe: bool = False) -> None:
        self.through(
            [f"/ar{address}" for address in addresses], self.look_on_a_phone if with_axe else self.look
        )

    def look(self, where: str) -> None:
        language, direction = self.page.evaluate(
            "[document.documentElement.lang, getComputedStyle(document.body).direction]"
        )
        if (language, direction) != ("ar", "rtl"):
            self.note(where, iter([f"  in {language}, {direction}"]))
        self.look_at_sizes(where, *DESK_AND_ENLARGED)


def test_pages_in_arabic_run_from_right_to_left_and_fit(page, live_server, station):
    """Of activities the one with the longest words and the one with the most meetings."""
    _course, _long, *shorter = (activity.get_absolute_url() for activity in station.activities)
    walk = ArabicWalk(page)
    walk.through_arabic([address for address in public_pages(station) if address not in shorter])
    signed_in(page, station.person, live_server.url)
    walk.through_arabic(["/me/", "/accounts/profile/", station.confirmed.get_absolute_url()])
    walk.done()


@pytest.mark.long
def test_every_page_in_arabic_runs_from_right_to_left_and_fits(page, live_server, station):
    walk = ArabicWalk(page)
    walk.through_arabic(public_pages(station))
    signed_in(page, station.person, live_server.url)
    walk.through_arabic(own_pages(station))
    walk.done()


@pytest.mark.long
def test_axe_finds_nothing_in_arabic(page, live_server, station):
    walk = ArabicWalk(page)
    walk.through_arabic(public_pages(station), with_axe=True)
    signed_in(page, station.person, live_server.url)
    walk.through_arabic(own_pages(station), with_axe=True)
    walk.done()
