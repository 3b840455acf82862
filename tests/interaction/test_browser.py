"""Two people and a moderator in one meeting, in browsers: with scripts, by keyboard, in Arabic, on a wall; and without."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from interaction.models import Question, Report, Vote
from tests.journeys.proposing import enter
from tests.keyboard import tab_to
from tests.plugins.browser import assert_fits

from .making import asked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def look(page: Page) -> None:
    """As somebody who comes back to the window: it asks for news at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def press(page: Page, name: str, *, role: str = "button") -> None:
    """By the keyboard alone."""
    tab_to(page, page.locator("#live").get_by_role(role, name=name).first, most=80)
    page.keyboard.press("Enter")


def test_two_people_and_a_moderator_with_scripts(open_page, axe, live_server, meeting, amina, ben, jiwoo):
    address = f"/meetings/{meeting.pk}/questions/"
    hers, his = open_page(), open_page(width=390, has_touch=True, is_mobile=True, locale="ar-EG")
    staff, wall = open_page(), open_page(width=1920, height=1080)
    for page, person, at in (
        (hers, amina.person, address),
        (his, ben.person, f"/ar{address}"),
        (staff, jiwoo, f"{address}moderation/"),
        (wall, jiwoo, f"{address}wall/"),
    ):
        enter(page, person, live_server)
        page.goto(at)
        assert_fits(page)
        axe(page)

    hers.get_by_label("Your question").fill("Who pays for it?")
    hers.get_by_role("button", name="Ask with my name").click()
    expect(hers.get_by_role("status").first).to_contain_text("Your question is with the moderators.")
    expect(hers.locator(".question-own")).to_contain_text("Waits for a moderator")
    axe(hers)

    look(staff)
    expect(staff.locator("#waiting-title")).to_contain_text("(1)")
    expect(staff.locator("#live-said")).to_have_text("There are new questions.")
    press(staff, "Let it appear")
    expect(staff.locator("#shown-title")).to_contain_text("(1)")
    assert staff.evaluate("document.getElementById('live').contains(document.activeElement)")
    axe(staff)

    expect(his.locator("html")).to_have_attribute("dir", "rtl")
    look(his)
    vote = his.get_by_role("button", name="وأنا أيضًا")
    vote.tap()
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote).to_contain_text("2")
    expect(vote).to_be_focused()
    assert his.locator(".question-words").evaluate("words => getComputedStyle(words).direction") == "ltr"
    assert_fits(his)
    axe(his)

    look(wall)
    expect(wall.locator(".wall-votes")).to_contain_text("2")
    look(staff)
    press(staff, "Answer it now")
    expect(staff.locator("#taken_up-title")).to_be_visible()
    look(wall)
    expect(wall.locator(".wall-now")).to_contain_text("Who pays for it?")
    expect(wall.locator(".wall-now")).to_contain_text("Amina Diallo")
    assert_fits(wall)
    axe(wall)

    press(staff, "Write an answer, or unite", role="link")
    tab_to(staff, staff.locator("#id_answer"), most=40)
    staff.keyboard.type("The city, all of it.")
    axe(staff)
    tab_to(staff, staff.get_by_role("button", name="Keep the answer"), most=10)
    staff.keyboard.press("Enter")
    expect(staff.get_by_role("status").first).to_contain_text("The answer is written down.")
    look(his)
    expect(his.locator(".question-answer")).to_contain_text("The city, all of it.")
    look(hers)
    expect(hers.locator(".question-answer")).to_contain_text("The city, all of it.")
    assert Question.objects.get().state == "answered"


def test_the_same_without_scripts_on_a_phone_in_arabic(open_page, live_server, meeting, amina, ben, jiwoo):
    address = f"/ar/meetings/{meeting.pk}/questions/"
    hers, his = (open_page(width=390, scripts=False) for _person in "12")
    staff = open_page(width=390, scripts=False)
    for page, person in ((hers, amina.person), (his, ben.person), (staff, jiwoo)):
        enter(page, person, live_server)
    hers.goto(address)
    hers.get_by_label("سؤالك", exact=True).fill("من يدفع ثمن ذلك؟")
    hers.get_by_role("button", name="اسأل دون اسمي").click()
    assert_fits(hers)
    staff.goto(f"{address}moderation/")
    expect(staff.locator(".question")).to_contain_text("Amina Diallo")
    staff.get_by_role("button", name="أظهره").click()
    expect(staff).to_have_url(f"{live_server.url}{address}moderation/#q{Question.objects.get().pk}")
    assert_fits(staff)
    his.goto(address)
    expect(his.locator(".question")).to_contain_text("طُرح بلا اسم")
    his.get_by_role("button", name="وأنا أيضًا").click()
    expect(his.get_by_role("button", name="وأنا أيضًا")).to_have_attribute("aria-pressed", "true")
    assert Vote.objects.count() == 2
    his.get_by_role("link", name="أبلغ عنه").click()
    his.get_by_label("ما الخطأ فيه؟").fill("ليس في الموضوع.")
    assert_fits(his)
    his.get_by_role("button", name="أبلغ عن السؤال").click()
    expect(his.locator(".question")).to_have_count(0)
    staff.goto(f"/ar/reports/{Report.objects.get().pk}/decision/")
    assert_fits(staff)
    staff.get_by_role("button", name="اتركه كما هو").click()
    his.goto(address)
    expect(his.locator(".question")).to_have_count(1)
    hers.goto(f"{address}?order=mine")
    hers.get_by_role("link", name="تراجع عنه").click()
    hers.locator(".button-danger").click()
    expect(hers.get_by_role("status").first).to_have_text("تراجعت عن سؤالك.")
    assert not Question.objects.exists()


def test_a_page_that_loses_its_connection_says_so_and_comes_back(
    open_page, complaints, live_server, meeting, amina, ben
):
    page = open_page()
    enter(page, ben.person, live_server)
    page.clock.install()
    page.goto(f"/meetings/{meeting.pk}/questions/")
    page.context.set_offline(True)
    page.clock.run_for(200_000)
    expect(page.locator("#live-lost")).to_be_visible()
    complaints.clear()
    asked(amina, "Meanwhile?")
    page.context.set_offline(False)
    look(page)
    expect(page.locator(".question")).to_contain_text("Meanwhile?")
    expect(page.locator("#live-lost")).to_be_hidden()
    complaints.clear()


def test_who_presses_too_late_is_told_in_place(open_page, axe, complaints, live_server, meeting, amina, ben):
    question = asked(amina)
    page = open_page()
    enter(page, ben.person, live_server)
    page.goto(f"/meetings/{meeting.pk}/questions/")
    Question.objects.filter(pk=question.pk).update(state="set_aside")
    page.get_by_role("button", name="Me too").click()
    expect(page.get_by_role("alert").first).to_have_text("This question is not shown any more.")
    axe(page)
    complaints.clear()  # 409 was meant
