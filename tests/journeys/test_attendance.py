"""From the door to the figure: noted on a phone, closed, doubted by the person, corrected, and told in public."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from attendance.models import Attendance, Guest
from outbox.models import Letter
from tests import cast
from tests.learning_station.walking import signed_in
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("language", "scripts"), [("en", True), pytest.param("ar", False, marks=pytest.mark.long)]
)
def test_from_the_door_to_the_figure(open_page, live_server, axe, language, scripts):
    cache.clear()
    start = timezone.now() - timedelta(hours=3)
    session = cast.session(starts_at=start, lasts=timedelta(hours=1))
    one, two, three = (cast.register(session, now=start - timedelta(days=1)) for _i in range(3))
    meeting = session.meetings.get()
    in_language = "" if language == "en" else f"/{language}"

    def looked_at(page: Page) -> None:
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        if scripts:
            assert_fits(page)
        if scripts:
            axe(page)

    visitor = open_page(width=390, scripts=scripts)
    visitor.goto(f"{in_language}/centers/seoul/")
    assert "3" in visitor.locator(".figures-value").all_inner_texts(), "who was registered"
    door = open_page(width=390, scripts=scripts)
    signed_in(door, cast.coordinator(), live_server.url)
    door.goto(f"{in_language}/meetings/{meeting.pk}/attendance/")
    looked_at(door)
    door.locator(f"#r{one.pk} [value='present/']").click()
    expect(door.locator(f"#r{one.pk}")).to_have_attribute("data-state", "present")
    door.locator(f"#r{two.pk} [value='excused/']").click()
    expect(door.locator(f"#r{two.pk}")).to_have_attribute("data-state", "excused")

    door.locator("a[href$='/guests/']").click()
    looked_at(door)
    door.locator("[name=name]").fill("Rosa Lima")
    door.locator("[name=email]").fill("rosa@city.example")
    door.locator("main .form button[type=submit]").click()
    expect(door.get_by_text("Rosa Lima").last).to_be_visible()
    assert Letter.objects.get(kind="guest_asked").to == "rosa@city.example"

    door.goto(f"{in_language}/meetings/{meeting.pk}/attendance/")
    door.locator("a[href$='/closing/']").click()
    looked_at(door)
    door.locator("[value=taken]").click()
    expect(door.locator(f"#r{three.pk}")).to_have_attribute("data-state", "absent")

    person = open_page(width=390, scripts=scripts)
    signed_in(person, three.person, live_server.url)
    person.goto(f"{in_language}/registrations/{three.code}/")
    looked_at(person)
    person.locator("a[href*='/attendance/']").click()
    looked_at(person)
    person.locator("textarea").fill("I came late.")
    person.locator("main .form button[type=submit]").click()
    expect(person.locator("a[href*='/attendance/']")).to_have_count(0)

    door.reload()
    door.locator("a[href*='/corrections/']").click()
    expect(door.get_by_text("I came late.")).to_be_visible()
    looked_at(door)
    door.locator("[name=state][value=present]").check()
    door.locator("main .form button[type=submit]").click()
    expect(door.locator(f"#r{three.pk}")).to_have_attribute("data-state", "present")
    assert Attendance.objects.present().count() == 2
    assert Guest.objects.filter(registration=None).count() == 1

    visitor.reload()
    figures = visitor.locator(".figures-value").all_inner_texts()
    assert "2" in figures, "who attended"
    assert "3" not in figures
