"""In a real browser: the owner of a certificate takes the badge along, in Arabic without scripts and at a desk."""

import pytest

from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_owner_takes_the_badge_along(open_page, axe, complaints, live_server):
    badge = signed(name="نُور عادل", language="ar")
    for width, scripts, language, words in (
        (1280, True, "", "Download the badge"),
        (390, False, "/ar", "تنزيل الشارة"),
    ):
        mine = open_page(width=width, scripts=scripts)
        enter(mine, badge.certificate.registration.person, live_server)
        mine.goto(f"{language}/certificates/{badge.certificate.code}/")
        assert_fits(mine)
        if scripts:
            axe(mine)
        with mine.expect_download() as download:
            mine.get_by_role("link", name=words).click()
        assert download.value.suggested_filename == f"badge-{badge.certificate.code}.json"
        assert download.value.path().read_text() == badge.document
