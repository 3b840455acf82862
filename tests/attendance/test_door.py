"""The list at the door in a real browser: on a phone, with a line that dies, and in Arabic without scripts."""

import pytest
from playwright.sync_api import Page, expect

from attendance import actions
from attendance.models import Tap
from registrations.models import Registration
from tests import cast, waiting
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import HOUR, counted, meeting_of
from .test_list import listed, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAPS = (
    "Object.keys(localStorage).filter((key) => key.startsWith('tap')).map((key) => localStorage[key]).join()"
)


def line(page: Page, registration: Registration):
    return page.locator(f"#r{registration.pk}")


def test_a_tap_shows_at_once_and_without_a_connection_is_kept_without_names_and_sent_once(
    open_page, axe, complaints, live_server
):
    session, [amina, ben, chen] = listed("Amina Diallo", "Ben Kim", "Chen Wu")
    meeting, by = meeting_of(session), cast.coordinator(session.activity.host)
    page = open_page(width=390, has_touch=True)
    enter(page, by, live_server)
    page.goto(page_of(session))
    axe(page)
    assert_fits(page)
    page.locator("#q").fill("ami")
    expect(line(page, ben)).to_be_hidden()
    line(page, amina).get_by_role("button", name="Amina Diallo Dakar Present").tap()
    expect(line(page, amina)).to_contain_text("Present · Jiwoo Han")
    expect(line(page, amina)).to_be_focused()
    expect(page.locator("#door-said")).to_have_text("Amina Diallo: Present")
    expect(page.locator("[data-count=present]")).to_have_text("1")
    page.locator("#q").fill("")

    page.context.set_offline(True)
    line(page, ben).get_by_role("button", name="Excused Ben Kim").tap()
    line(page, chen).get_by_role("button", name="Chen Wu Dakar Present").tap()
    expect(page.locator("#door-unsent")).to_have_text("Not sent yet, kept on this phone: 2.")
    expect(line(page, ben)).to_contain_text("Excused")
    kept = page.evaluate(TAPS)
    assert str(chen.pk) in kept
    assert "Chen" not in kept
    assert "Wu" not in kept
    axe(page)
    assert counted(meeting) == {amina.pk: ("present", "staff")}
    # Meanwhile somebody else notes Ben; the phone hears of it when it is back.
    actions.note(registration=ben, meeting=meeting, state="present", by=cast.secretary())
    complaints.clear()  # the dead line was meant
    page.context.set_offline(False)
    expect(page.locator("#door-told")).to_contain_text("Ben Kim: Somebody else changed this meanwhile.")
    expect(line(page, chen)).to_contain_text("Present · Jiwoo Han")
    expect(line(page, ben)).to_contain_text("Present · Marta Soler")
    expect(page.locator("#door-unsent")).to_be_hidden()
    assert page.evaluate(TAPS) == ""
    assert Tap.objects.count() == 3
    # So soon after the press on Chen's line another one is the second half of a double click.
    page.wait_for_timeout(400)
    line(page, chen).get_by_role("button", name="Undo Chen Wu").tap()
    expect(page.locator("[data-count=present]")).to_have_text("2")
    expect(line(page, chen).get_by_role("button", name="Excused Chen Wu")).to_be_visible()
    expect(page.locator("[data-waits]")).to_have_count(0)
    assert counted(meeting) == {amina.pk: ("present", "staff"), ben.pk: ("present", "staff")}


def test_an_answer_that_was_lost_an_undo_on_top_of_it_and_a_session_that_ended(
    open_page, complaints, live_server
):
    session, [amina] = listed("Amina Diallo")
    meeting, by = meeting_of(session), cast.coordinator(session.activity.host)
    page = open_page(width=390)
    enter(page, by, live_server)
    page.goto(page_of(session))
    # It arrives, and the answer does not.
    page.route("**/attendance/*/", lambda route: (route.fetch(), route.abort()), times=1)
    page.get_by_role("button", name="Amina Diallo Dakar Present").click()
    expect(page.locator("#door-unsent")).to_have_text("Not sent yet, kept on this phone: 1.")
    assert counted(meeting) == {amina.pk: ("present", "staff")}
    page.context.set_offline(True)
    page.wait_for_timeout(450)  # nearer it would be a double click
    page.get_by_role("button", name="Undo Amina Diallo").click()
    expect(page.locator("#door-unsent")).to_have_text("Not sent yet, kept on this phone: 2.")
    page.context.clear_cookies()
    complaints.clear()  # the dead line was meant
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Sign in again to send them")).to_be_visible()

    enter(page, by, live_server)
    page.goto(page_of(session, 2))  # any list will do
    assert waiting.until(lambda: page.evaluate(TAPS) == "")
    assert counted(meeting) == {}
    assert Tap.objects.count() == 2


def test_what_lay_for_twelve_hours_is_gone_and_told(open_page, live_server):
    session, [amina] = listed("Amina Diallo")
    by = cast.coordinator(session.activity.host)
    page = open_page(width=390)
    enter(page, by, live_server)
    page.goto(page_of(session))
    page.evaluate(
        """([by, meeting, registration]) => {
          const at = Date.now() - 12 * 3600 * 1000 - 1000;
          const tap = {id: crypto.randomUUID(), by, meeting, registration, state: "present", seen: "", at};
          localStorage.setItem(`tap:${at}:${tap.id}`, JSON.stringify(tap));
        }""",
        [str(by.pk), str(meeting_of(session).pk), str(amina.pk)],
    )
    page.goto("/")
    assert page.evaluate(TAPS) == "1", "how many, and nothing else"
    page.goto(page_of(session))
    expect(page.locator("#door-told")).to_contain_text("could not be sent for 12 hours: 1.")
    assert page.evaluate(TAPS) == ""
    assert not Tap.objects.exists()


def test_in_arabic_without_scripts(open_page, live_server):
    session, [amina, _ben] = listed("Amina Diallo", "نور عادل", begun=3 * HOUR)
    by = cast.coordinator(session.activity.host, language="ar")
    page = open_page(width=390, scripts=False)
    enter(page, by, live_server)
    page.goto("/ar" + page_of(session))
    assert_fits(page)
    page.get_by_label("البحث بالاسم أو المدينة").fill("amina")
    page.get_by_role("button", name="بحث").click()
    page.get_by_role("button", name="Amina Diallo Dakar حاضر").click()
    expect(line(page, amina)).to_contain_text("حاضر · Jiwoo Han")
    expect(page.get_by_label("البحث بالاسم أو المدينة")).to_have_value("amina")
    page.get_by_role("button", name="تراجع").click()
    page.get_by_role("button", name="بعذر Amina Diallo").click()
    page.get_by_role("link", name="إغلاق القائمة").click()
    assert_fits(page)
    page.get_by_role("button", name="نعم، أغلقها").click()
    page.get_by_role("link", name="فتحها من جديد").click()
    page.get_by_label("لماذا تُفتح من جديد؟").fill("جاء متأخراً")
    page.get_by_role("button", name="فتحها من جديد").click()
    assert counted(meeting_of(session)) == {amina.pk: ("excused", "staff")}
