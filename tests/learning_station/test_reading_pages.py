"""What the tests say of a page they say of all of it: a click waits for the next page only until that one begins."""

import time

import pytest

from tests.plugins.browser import assert_fits

WIDE = '<!DOCTYPE html><html lang="en"><title>Wide</title><body><main><h1>Wide</h1><img src="/late.svg" alt=""></main>'
LATE = '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="9"/>'


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_comes_late_is_looked_at_too(page):
    def late(route):
        time.sleep(0.3)
        route.fulfill(body=LATE, content_type="image/svg+xml")

    page.route("**/wide/", lambda route: route.fulfill(body=WIDE, content_type="text/html"))
    page.route("**/late.svg", late)
    page.goto("/wide/", wait_until="commit")
    with pytest.raises(AssertionError, match="2008 pixels wide"):
        assert_fits(page)
