"""A page walked with a keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page


def tab_to(page: Page, goal: Locator, *, most: int) -> None:
    """Tab on until the focus is on this: `most` times at the most, which is once around the page."""
    reached = goal.and_(page.locator(":focus"))
    for _stop in range(most):
        if reached.count():
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not reach {goal} on {page.url}")
