"""The mailbox and a letter in it, as a browser shows them: readable, closed off, without a complaint."""

import pytest

from accounts.models import User
from outbox.models import Letter
from tests.demo.test_mailbox import INVITE
from tests.outbox.letters import write
from tests.plugins.browser import assert_fits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("example_templates"),
]


@pytest.fixture
def letter(settings, transactional_db) -> Letter:
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.demo.demo_urls"
    person = User.objects.create_user("amina@example.org", name="Amina Diallo", timezone="Africa/Dakar")
    return write(person, from_name="MITI Seoul", calendar=INVITE)


def test_the_mailbox_leads_to_the_letter(page, letter, axe):
    page.goto("/letters/")
    axe(page)
    page.get_by_role("link", name=letter.subject).click()
    page.get_by_role("heading", level=1, name=letter.subject).wait_for()
    axe(page)
    frame = page.frame_locator(".letter-frame")
    assert frame.get_by_role("heading", level=1).inner_text() == letter.subject
    button = frame.get_by_role("link", name="See it")
    assert button.evaluate("link => getComputedStyle(link).backgroundColor") == "rgb(10, 92, 104)"


def test_the_mailbox_works_without_scripts_on_a_phone(phone_without_scripts, letter):
    page = phone_without_scripts
    page.goto("/letters/")
    page.get_by_label("Letters to").fill("nobody")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("heading", name="No letter to this address").is_visible()
    page.get_by_role("link", name="Show all letters").first.click()
    page.get_by_role("link", name=letter.subject).click()
    page.get_by_text("The same letter as plain text").click()
    assert page.get_by_text("Amina Diallo, it’s noted.").first.is_visible()
    assert_fits(page)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "light"),
        (1280, "dark"),
        pytest.param(390, "dark", marks=pytest.mark.long),
        pytest.param(1280, "light", marks=pytest.mark.long),
    ],
)
def test_a_letter_reads_well(open_page, letter, axe, scheme, width):
    page = open_page(width=width, color_scheme=scheme, bypass_csp=True)
    page.goto(f"/letters/{letter.pk}/")
    page.locator(".letter-frame").wait_for()
    html = letter.html
    page.set_content(html)
    axe(page)
    assert_fits(page)
    assert page.locator(".letter").bounding_box()["width"] <= 600


def test_a_letters_link_opens_beside_the_station(page, letter):
    page.goto(f"/letters/{letter.pk}/")
    assert (
        page.locator(".letter-frame").get_attribute("sandbox")
        == "allow-popups allow-popups-to-escape-sandbox"
    )
    base = page.frame_locator(".letter-frame").locator("base")
    assert base.get_attribute("target") == "_blank"
