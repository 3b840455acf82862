"""From the desk's first page to a message that is sent, in a real browser: on a desk with scripts, on a phone without."""

import pytest
from playwright.sync_api import expect

from messaging.models import Message
from outbox.models import Letter
from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import DAY, NOW, session_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def made():
    """Within a week, so that it stands on the desk's first page. Nour reads Arabic."""
    people = [cast.person("Amina Diallo"), cast.person("Ben Okafor"), cast.person("Nour Adel", language="ar")]
    session = session_with(*people, starts_at=NOW + 2 * DAY)
    session.activity.refresh_from_db()
    return session


class Counting:
    """Each click on a page, but for those into a field to type there."""

    def __init__(self):
        self.clicks = 0

    def __call__(self, what):
        what.click()
        self.clicks += 1


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), pytest.param(390, False, marks=pytest.mark.long)]
)
def test_a_message_is_written_looked_at_sent_and_read(open_page, axe, live_server, width, scripts):
    session = made()
    page, click = open_page(width=width, scripts=scripts), Counting()
    looked_at = axe if scripts else lambda _page: None
    enter(page, cast.coordinator(session.activity.host), live_server)
    page.goto("/admin/")
    click(page.get_by_role("link", name=session.activity.title).first)
    click(page.get_by_role("link", name="Write to people"))
    assert_fits(page)
    looked_at(page)
    page.get_by_label("Subject in English").fill("Bring your badge")
    page.get_by_label("Text in English").fill("The door opens at 8.\n\nhttps://example.org/map")
    click(page.get_by_role("button", name="Look at it"))
    expect(page.get_by_text("3 people will be written to: English 2, Arabic 1.")).to_be_visible()
    expect(page.frame_locator("iframe").first.get_by_text("The door opens at 8.")).to_be_visible()
    assert_fits(page)
    looked_at(page)
    click(page.get_by_role("button", name="Send it to 3 people"))
    expect(page.get_by_text("Sent. Each person gets a letter of their own.")).to_be_visible()
    assert click.clicks <= 4
    assert_fits(page)
    looked_at(page)
    assert Letter.objects.filter(kind="session_message").count() == 3
    page.get_by_role("link", name="Withdraw it").click()
    looked_at(page)
    page.get_by_role("link", name="Messages").click()
    assert_fits(page)
    looked_at(page)
    assert Message.objects.get().letters_written == 3


def test_who_reads_arabic_reads_it_from_right_to_left_on_a_phone(open_page, axe, live_server):
    session = made()
    session.practical_notes_en = "Use the side door, for the large one is under repair until spring."
    session.save()
    words = {
        "en": {"subject": "Bring your badge", "text": "The door opens at 8."},
        "ar": {"subject": "أحضر شارتك", "text": "يفتح الباب في الثامنة."},
    }
    Message.objects.create(
        session=session, groups=["confirmed"], words=words, sent_at=NOW - DAY, finished_at=NOW - DAY
    )
    registration = session.registrations.select_related("person").get(person__language="ar")
    page = open_page(width=390, has_touch=True, is_mobile=True)
    enter(page, registration.person, live_server)
    page.goto(f"/ar/registrations/{registration.code}/")
    expect(page.get_by_role("heading", name="أحضر شارتك")).to_be_visible()
    direction = "element => getComputedStyle(element).direction"
    assert page.get_by_role("heading", name="أحضر شارتك").evaluate(direction) == "rtl"
    assert page.get_by_text("Use the side door").evaluate(direction) == "ltr"
    assert_fits(page)
    axe(page)
