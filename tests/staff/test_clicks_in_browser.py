"""What staff do each day takes at most four clicks from the desk's first page, counted in a real browser.

A click is a press of a link, a button or a choice; opening the search by its key and sending it off is one. What is typed,
picked in a list or pasted is not counted: it is the work itself. The same table stands in docs/staff.md.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page

from attendance.models import Closing
from catalog.models import Activity, Session
from imports.views import imports as views
from messaging.models import Message
from outbox.models import Letter
from registrations.models import Registration
from tests import cast
from tests.copying.held_before import held_before, series
from tests.imports.making import HEADINGS, people
from tests.keyboard import tab_to
from tests.staff.test_browser import sign_in
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Job: clicks now, and before they were counted.
CLICKS = {
    "publish a draft": (3, 3),
    "repeat last year's activity": (4, 4),
    "register sixty people, pasted": (4, 4),
    "write to who is registered": (4, 4),
    "say who came, all of them": (4, 7),
    "change the places": (3, 3),
    "move a session": (3, 3),
    "cancel a session, with a reason": (3, 3),
    "export the people of one session": (4, 4),
    "send a letter again": (4, 4),
    "correct a name": (3, 3),
    "correct an e-mail address": (4, 4),
}
GUIDE = Path(__file__).parents[2] / "docs" / "staff.md"


@dataclass
class Hand:
    """Presses and counts."""

    page: Page
    clicks: int = 0

    def press(self, what: Locator) -> None:
        what.first.click()
        self.clicks += 1

    def write(self, field: Locator, words: str) -> None:
        field.fill(words)

    def follow(self, address: str) -> None:
        """The link there, wherever it stands on the page."""
        self.press(self.page.locator(f'#main a[href="{address}"]'))

    def submit(self) -> None:
        """The button that the page is about."""
        self.send(self.page.locator("main .button-large, .submit-row .default"))

    def send(self, button: Locator) -> None:
        with self.page.expect_navigation():
            self.press(button)

    def search(self, words: str) -> None:
        """The key that leads to the field, words, Enter."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/admin/search/**")
        self.clicks += 1


class Keys(Hand):
    """A hand that has a keyboard alone: it comes to a thing by Tab, and presses Enter."""

    def press(self, what: Locator) -> None:
        tab_to(self.page, what.first, most=150)
        self.page.keyboard.press("Enter")
        self.clicks += 1

    def write(self, field: Locator, words: str) -> None:
        tab_to(self.page, field.first, most=150)
        self.page.keyboard.type(words)


@pytest.fixture
def session() -> Session:
    """Within the week, so that it stands on the first page, with people."""
    session = cast.session(
        cast.activity("Rain gardens", host=cast.host("seoul")), places=20, starts_in=timedelta(days=2)
    )
    cast.register(session, cast.person("Folake Adeyemi"))
    cast.register(session, cast.person("Bo Chen"))
    return session


@pytest.fixture
def hand(open_page: Any, live_server: Any) -> Hand:
    return hand_of(cast.secretary(), open_page, live_server)


def hand_of(person: Any, open_page: Any, live_server: Any) -> Hand:
    page = open_page(width=1280)
    sign_in(page, person, live_server.url)
    page.goto(reverse("admin:index"))
    return Hand(page)


def counted(job: str, hand: Hand) -> None:
    now, _before = CLICKS[job]
    assert hand.clicks == now
    assert now <= 4


def of_session(session: Session) -> str:
    return reverse("admin:catalog_session_change", args=[session.pk])


def step(model: str, noun: str, thing: Any) -> str:
    return f"{reverse(f'admin:{model}_{noun}')}?ids={thing.pk}"


def test_the_guide_has_the_same_table():
    lines = [f"| {job} | {now} | {before} |" for job, (now, before) in CLICKS.items()]
    guide = GUIDE.read_text()
    assert [line for line in lines if line not in guide] == []


def test_publish_a_draft(open_page, live_server):
    draft = cast.activity("Rain gardens", published=False, summary_en="How water stays.")
    cast.session(draft)
    hand = hand_of(cast.secretary(), open_page, live_server)
    hand.follow(reverse("admin:catalog_activity_change", args=[draft.pk]))
    hand.press(hand.page.locator(f'#main a[href^="{reverse("admin:catalog_activity_publication")}"]'))
    hand.submit()
    hand.page.wait_for_url(f"**{reverse('admin:catalog_activity_change', args=[draft.pk])}")
    draft.refresh_from_db()
    assert draft.is_public
    counted("publish a draft", hand)


def test_repeat_last_years(open_page, live_server):
    held = held_before()
    series(held)
    hand = hand_of(cast.secretary(), open_page, live_server)
    hand.search("dense cities")
    page = reverse("admin:catalog_activity_change", args=[held.pk])
    hand.follow(page)
    hand.press(
        hand.page.locator(f'#main a[href*="{reverse("admin:catalog_activity_changelist")}"][href*="cop"]')
    )
    hand.submit()
    hand.page.wait_for_url(lambda address: page not in address and address.rstrip("/").endswith("change"))
    assert Activity.objects.get(earlier=held).sessions.exists()
    counted("repeat last year's activity", hand)


def test_register_sixty(session, hand, monkeypatch):
    monkeypatch.setattr(views, "SECONDS", PATIENCE)  # no worker runs here
    cast.organization()
    hand.press(hand.page.locator(f'#main a[href^="{reverse("imports:new")}"]'))
    hand.page.locator("select[name=session]").select_option(str(session.pk))
    hand.page.locator("textarea").fill("\n".join("\t".join(row) for row in [HEADINGS, *people(60)]))
    hand.page.locator("#id_source").fill("Nominations of the City of Dakar")
    hand.press(hand.page.locator("input[name=ground][value=named]"))
    hand.submit()
    hand.submit()
    assert session.registrations.count() == 62
    counted("register sixty people, pasted", hand)


@pytest.mark.parametrize("role", [pytest.param("secretariat", marks=pytest.mark.long), "coordinator"])
def test_write_to_who_is_registered(session, role, open_page, live_server):
    by = cast.secretary() if role == "secretariat" else cast.coordinator(session.activity.host)
    hand = hand_of(by, open_page, live_server)
    hand.follow(of_session(session))
    hand.follow(reverse("messaging:new", args=[session.pk]))
    hand.page.locator("[name=subject_en]").fill("Bring boots")
    hand.page.locator("[name=text_en]").fill("It will be wet.")
    hand.submit()
    hand.submit()
    assert Message.objects.get().sent_at
    counted("write to who is registered", hand)


@pytest.mark.parametrize("role", [pytest.param("secretariat", marks=pytest.mark.long), "coordinator"])
def test_say_who_came(session, role, open_page, live_server):
    over(session)
    by = cast.secretary() if role == "secretariat" else cast.coordinator(session.activity.host)
    hand = hand_of(by, open_page, live_server)
    meeting = session.meetings.get()
    hand.follow(reverse("attendance:list", args=[meeting.pk]))
    hand.press(hand.page.locator(f'a[href="{reverse("attendance:closing", args=[meeting.pk])}"]'))
    hand.send(hand.page.locator("button[value=all_present]"))
    hand.submit()
    assert Closing.objects.standing().filter(meeting=meeting).exists()
    counted("say who came, all of them", hand)


def over(session: Session) -> None:
    """It was yesterday."""
    then = timezone.now() - timedelta(days=1)
    session.meetings.update(starts_at=then, ends_at=then + timedelta(hours=1))
    Session.objects.filter(pk=session.pk).update(starts_at=then, ends_at=then + timedelta(hours=1))
    Registration.objects.filter(session=session).update(confirmed_at=then - timedelta(days=3))


def take_step(hand: Hand, session: Session, noun: str, **typed: str) -> None:
    """From the first page to the session, its step, and the button."""
    hand.follow(of_session(session))
    hand.press(hand.page.locator(f'#main a[href^="{reverse(f"admin:catalog_session_{noun}")}"]'))
    for name, value in typed.items():
        hand.write(hand.page.locator(f"#content-main [name$={name}]:not([type=hidden])"), value)
    hand.submit()
    hand.page.wait_for_url(f"**{of_session(session)}")
    session.refresh_from_db()


def test_change_the_places(session, hand):
    take_step(hand, session, "places", places="30")
    assert session.places == 30
    counted("change the places", hand)


def test_move_a_session(session, hand):
    later = session.starts_at + timedelta(days=7)
    local = later.astimezone(session.zone)
    take_step(
        hand,
        session,
        "rescheduling",
        meetings_text=f"{local:%Y-%m-%d %H:%M}–{local + timedelta(hours=1):%H:%M}",
    )
    assert session.starts_at == later.replace(second=0, microsecond=0)
    counted("move a session", hand)


def test_cancel_a_session_with_a_reason(session, hand):
    take_step(hand, session, "cancellation", en="The trainer is ill.")
    assert session.is_cancelled
    counted("cancel a session, with a reason", hand)


def test_cancel_a_session_by_keyboard_alone(session, hand):
    take_step(Keys(hand.page), session, "cancellation", en="The trainer is ill.")
    assert session.is_cancelled


def test_export_the_people_of_one_session(session, hand):
    hand.follow(of_session(session))
    hand.press(hand.page.locator(f'#main a[href*="session__id__exact={session.pk}"]'))
    hand.press(hand.page.locator('#main a[href*="/export/"]'))
    hand.page.locator("select[name=format]").select_option(index=1)
    with hand.page.expect_download() as download:
        hand.press(hand.page.locator(".submit-row .default"))
    assert download.value.suggested_filename
    counted("export the people of one session", hand)


def test_send_a_letter_again(session, open_page, live_server):
    letter = Letter.objects.latest("pk")
    Letter.objects.filter(pk=letter.pk).update(state="failed")
    hand = hand_of(cast.secretary(), open_page, live_server)
    hand.press(hand.page.locator('#main a[href*="state__exact=failed"]'))
    hand.press(
        hand.page.locator(f'#main a[href*="{reverse("admin:outbox_letter_change", args=[letter.pk])}"]')
    )
    hand.press(hand.page.locator(f'#main a[href^="{reverse("admin:outbox_letter_resending")}"]'))
    hand.submit()
    letter.refresh_from_db()
    assert letter.state == "waiting"
    counted("send a letter again", hand)


def found_person(hand: Hand) -> str:
    folake = Registration.objects.get(person__name="Folake Adeyemi").person
    hand.search("Adeyemi")
    page = reverse("admin:accounts_user_change", args=[folake.pk])
    hand.follow(page)
    return page


def test_correct_a_name(session, hand):
    found_person(hand)
    hand.page.locator("#id_name").fill("Folakè Adeyemi")
    hand.submit()
    assert Registration.objects.filter(person__name="Folakè Adeyemi").exists()
    counted("correct a name", hand)


def test_correct_an_email_address(session, hand):
    found_person(hand)
    hand.press(hand.page.locator(f'#main a[href^="{reverse("admin:accounts_user_correction")}"]'))
    hand.page.locator("#main [name$=email]").fill("folake@ibadan.example")
    hand.page.locator("#main [name$=why]").fill("She called.")
    hand.submit()
    assert Registration.objects.filter(person__email="folake@ibadan.example").exists()
    counted("correct an e-mail address", hand)
