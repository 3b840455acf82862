"""The main story in a real browser: browse, filter, sign in by code, say who one is, register, see the letter, cancel."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from outbox.models import Letter
from registrations.models import Registration
from tests import cast
from tests.accounts.signing_in import code_in_letter
from tests.keyboard import tab_to
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMAIL = "nadia@city.example"
NOTE = "I come with a guide dog."


@pytest.fixture
def session():
    cast.organization("Dakar")
    cast.session(cast.activity("Housing for all"))
    return cast.session(cast.activity("Water in dense cities"), places=1)


def test_the_whole_story_without_scripts(desk_without_scripts: Page, session):
    page = desk_without_scripts
    page.goto("/activities/")
    expect(page.get_by_role("link", name="Housing for all")).to_be_visible()
    page.get_by_role("searchbox").fill("water")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("link", name="Housing for all")).to_have_count(0)
    page.get_by_role("link", name="Water in dense cities").first.click()
    page.get_by_role("link", name="Register", exact=True).first.click()

    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("A note to the host").fill(NOTE)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text(EMAIL)).to_be_visible()
    page.get_by_label("Code from the letter").fill(code_in_letter(EMAIL))
    page.get_by_role("button", name="Continue").click()

    page.get_by_label("Your name").fill("Nadia Ben Youssef")
    page.get_by_label("Organization", exact=False).first.select_option(label="Dakar (Senegal)")
    page.get_by_label("Your post").fill("Head of Water")
    page.get_by_label(re.compile("technical")).check()
    page.get_by_label("Country").select_option(label="Senegal")
    page.get_by_role("button", name="Continue").click()  # the time zone follows from Dakar

    expect(page.get_by_label("A note to the host")).to_have_value(NOTE)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")
    registration = Registration.objects.get()
    assert (registration.note, registration.person.timezone) == (NOTE, "Africa/Dakar")
    letter = Letter.objects.get(kind="confirmation")
    expect(page.get_by_text(letter.subject)).to_be_visible()
    assert f"/registrations/{registration.code}/cancellation/" in letter.text

    page.context.clear_cookies()  # the letter is opened where nobody is signed in
    page.goto(f"/registrations/{registration.code}/cancellation/")
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This registration is cancelled")
    registration.refresh_from_db()
    assert registration.state == "cancelled"


def test_the_whole_story_by_keyboard_alone(open_page, axe, session):
    """axe looks at what the walk of test_accessibility.py does not come to."""
    page = open_page(timezone_id="Africa/Dakar")
    keys = Keys(page)
    page.goto(session.activity.get_absolute_url())
    keys.to("link", "Register")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Register")).to_be_visible()
    keys.to("textbox", "E-mail address")
    keys.type(EMAIL)
    keys.to("textbox", "A note to the host")
    keys.type(NOTE)
    keys.to("button", "Register")
    keys.press("Enter")

    expect(page.get_by_label("Code from the letter")).to_be_focused()
    axe(page)
    keys.type(code_in_letter(EMAIL).replace("-", " "))
    keys.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome. Who are you?")
    expect(page.get_by_label("Your time zone")).to_have_value("Africa/Dakar")  # as the browser says
    axe(page)
    keys.to("textbox", "Your name")
    keys.press("Enter")  # too early
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    keys.to("textbox", "Your name")
    keys.type("Nadia Ben Youssef")
    keys.to("combobox", "Organization")
    keys.type("Dak")
    keys.to("textbox", "Your post")
    keys.type("Head of Water")
    keys.to("radio", "technical")
    keys.press("Space")
    keys.to("combobox", "Country")
    keys.type("Seneg")
    keys.to("button", "Continue")
    keys.press("Enter")

    expect(page.get_by_role("button", name="Register")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")
    keys.to("link", "Cancel this registration")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cancel your registration?")
    keys.to("button", "Yes, cancel it")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("This registration is cancelled")
    axe(page)
    assert Registration.objects.get().state == "cancelled"


def test_on_a_phone_what_a_page_is_for_comes_first(phone: Page):
    """With a long title and summary and many meetings, which have long pages."""
    activity = cast.activity(
        "Drought, floods and the water that is left for the neighborhoods at the end of the pipe",
        summary="What the utilities of eight metropolises changed after three dry summers, told by those who run them.",
        languages=["en", "fr"],
    )
    now = timezone.now().replace(microsecond=0)
    weeks = [now + timedelta(weeks=number) for number in range(1, 9)]
    series = cast.session(activity, meetings=[(at, at + timedelta(hours=2), "A title") for at in weeks])
    closed = cast.session(activity, registration_closes_at=now - timedelta(days=1))
    screen = phone.viewport_size["height"]

    phone.goto(activity.get_absolute_url())
    assert bottom(phone.get_by_text("English and French").first) <= screen
    phone.goto(f"/sessions/{series.pk}/registration/")
    assert bottom(phone.get_by_label("E-mail address")) <= screen
    phone.goto(f"/sessions/{closed.pk}/registration/")
    assert bottom(phone.locator("main .notice")) <= screen


def bottom(element: Locator) -> float:
    expect(element).to_be_visible()
    box = element.bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.long
def test_my_pages_are_for_everybody(phone: Page, axe, session):
    amina = cast.person("Amina Diallo")
    registration = cast.register(session, amina)
    waiting = cast.register(session)
    walk_in(phone, amina)
    for address in (
        "/me/",
        "/me/calendar/",
        "/me/deletion/",
        "/accounts/profile/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/accounts/logout/",
        registration.get_absolute_url(),
        f"/sessions/{session.pk}/registration/",
    ):
        phone.goto(address)
        expect(phone.get_by_role("heading", level=1)).to_have_count(1)
        axe(phone)
        assert_fits(phone)
    phone.context.clear_cookies()
    for address in (
        "/accounts/login/",
        waiting.get_absolute_url(),
        f"{waiting.get_absolute_url()}cancellation/",
    ):
        phone.goto(address)
        expect(phone.get_by_role("heading", level=1)).to_have_count(1)
        axe(phone)
        assert_fits(phone)


def test_a_passkey_is_added_and_then_lets_in(page: Page, axe):
    amina = cast.person("Amina Diallo")
    add_virtual_authenticator(page)
    walk_in(page, amina)
    page.goto("/accounts/2fa/webauthn/add/")
    axe(page)
    page.get_by_label("Name").fill("My phone")
    page.get_by_label(re.compile("Passwordless")).check()
    page.get_by_role("button", name="Add").click()
    expect(page).not_to_have_url(re.compile("webauthn/add"))
    assert amina.authenticator_set.filter(type="webauthn").count() == 1

    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto("/accounts/login/?next=/me/calendar/")
    by_code = User.objects.get(pk=amina.pk).last_login
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(
        re.compile(r"^[^?]*/me/calendar/$")
    )  # not the page to sign in, whose address ends so, too
    assert User.objects.get(pk=amina.pk).last_login > by_code


class Keys:
    """Hands that only have a keyboard."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def to(self, role: str, name: str) -> None:
        goal = self.page.get_by_role(role, name=re.compile(re.escape(name))).locator("visible=true")
        tab_to(self.page, goal, most=80)


def walk_in(page: Page, person: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code from the letter").fill(code_in_letter(person.email))
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile("/me/$"))


def add_virtual_authenticator(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
