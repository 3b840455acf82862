"""The calendar in a real browser: a meeting dragged, and moved without scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Session
from tests import cast
from tests.plugins.browser import assert_fits

from .test_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session() -> Session:
    """At noon in Seoul, on the Tuesday after the next; another host’s at the same time."""
    seoul = cast.host("seoul")
    today = timezone.localtime(timezone=seoul.zone).replace(hour=12, minute=0, second=0, microsecond=0)
    tuesday = today + timedelta(days=15 - today.weekday())
    cast.session(cast.activity("Theirs", host=cast.host("cairo")), starts_at=tuesday)
    cast.session(
        cast.activity("At one’s own pace"),
        starts_at=tuesday,
        ends_at=tuesday + timedelta(days=9),
        self_paced=True,
    )
    return cast.session(cast.activity("Ours", host=seoul), starts_at=tuesday)


def address(session: Session) -> str:
    return f"/admin/catalog/session/calendar/?week={session.starts_at.astimezone(session.zone):%G-W%V}"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_meeting_is_moved(
    width: int,
    open_page: Any,
    desk_without_scripts: Any,
    axe: Callable[..., None],
    session: Session,
    live_server: Any,
) -> None:
    """Dragged to the Thursday where there is room; on a phone, without scripts, by its link."""
    page = open_page(width=width) if width == 1280 else desk_without_scripts
    if width == 390:
        page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page, cast.coordinator(cast.host("seoul")), live_server.url)
    page.goto(address(session))
    thursday = (session.starts_at.astimezone(session.zone) + timedelta(days=2)).strftime("%Y-%m-%d")
    assert_fits(page)
    assert page.locator("td .planner-entry", has_text="clash").count() == 2
    if width == 1280:
        axe(page)
        page.locator("td .planner-entry", has=page.get_by_role("link", name="Ours", exact=True)).drag_to(
            page.locator(f"td[data-day='{thursday}']")
        )
    else:
        page.get_by_role("link", name="Move Ours").click()
        page.get_by_label("New day").fill(thursday)
        page.get_by_role("button", name="On to the question").click()
    page.get_by_role("heading", name="Change time, place or way to join?", level=1).wait_for()
    assert page.locator("textarea[name$=meetings_text]").input_value() == f"{thursday} 12:00–13:30"
    assert Session.objects.get(pk=session.pk).starts_at == session.starts_at
