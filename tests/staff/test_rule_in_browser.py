"""A rule for taking part as staff type it and as people read it, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import Activity
from tests import cast
from tests.plugins.browser import assert_fits
from tests.staff.activity_page import change_page
from tests.staff.test_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_staff_change_it_and_people_read_it(
    width: int, scripts: bool, open_page: Any, axe: Callable[..., None], live_server: Any
) -> None:
    activity = cast.activity(certificate="participation", certificate_percent=80)
    first = timezone.now() + timedelta(days=10)
    days = [first + timedelta(days=number) for number in range(5)]
    session = cast.session(activity, meetings=[(day, day + timedelta(hours=1), "") for day in days])
    cast.register(session, cast.person("Bo Chen", language="fr"))

    desk = open_page(width=width, scripts=scripts)
    sign_in(desk, cast.secretary(), live_server.url)
    desk.goto(change_page(activity))
    desk.fill("[name=certificate_percent]", "60")
    desk.check("[name=leaves_out_excused]")
    desk.click("[name=_save]")
    assert "It was: present at 80% of the meetings or more." in desk.inner_text("main")
    if scripts:
        axe(desk)
    desk.click("[name=_told]")
    stored = Activity.objects.get(pk=activity.pk)
    assert (stored.certificate_percent, stored.leaves_out_excused) == (60, True)

    page = open_page(width=width, scripts=scripts)
    for address, said in [
        (f"/activities/{activity.slug}/", "Present at 60% of the meetings or more; meetings for which"),
        (f"/ar/activities/{activity.slug}/", "حضور 60% من اللقاءات على الأقل؛ ولا تُحسب اللقاءات"),
        (reverse("registrations:register", args=[session.pk]), "Present at 60% of the meetings or more"),
    ]:
        page.goto(address)
        assert said in page.inner_text("main")
        assert_fits(page)
        if scripts:
            axe(page)
