"""From an idea to a draft in the catalog, in a real browser: in three sittings without scripts, read by keyboard, told,
accepted. What axe says of the pages of a proposal stands in test_proposal_pages.py; here it looks at the others.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from catalog.models import Activity
from proposals.models import Proposal
from reviews import actions as reviewing
from tests import cast
from tests.journeys.proposing import IN_EACH_LANGUAGE, enter, link_in, world
from tests.journeys.test_story import Keys
from tests.plugins.browser import assert_fits
from tests.proposals import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _world():
    world()


@IN_EACH_LANGUAGE
def test_three_sittings_without_scripts_on_two_devices(open_page, prefix):
    first = open_page(scripts=False)
    first.goto(f"{prefix}/proposals/new/")
    first.locator("main a.button-large").click()
    first.locator("#id_organization").select_option(str(cast.organization("Dakar").pk))
    first.locator("#id_contact_name").fill("Amina Diallo")
    first.locator("#id_contact_email").fill("amina@city.example")
    first.locator("form#step-form .form-actions button[value=next]").click()
    first.locator("#id_title").fill("Night buses that people trust")
    first.locator("#id_aim").fill("A plan for one line.")
    first.locator("button[value=later]").click()  # to be continued
    proposal = Proposal.objects.get()
    expect(first.locator("h1")).to_have_text("Night buses that people trust")
    assert_fits(first)  # Playwright measures also where the page has no scripts

    first.goto(f"{prefix}/proposals/{proposal.code}/text/idea/")
    expect(first.locator("#id_aim")).to_have_value("A plan for one line.")
    first.locator("input[name=format][value=webinar]").check()
    first.locator("input[name=topics][value=mobility]").check()
    first.locator("input[name=languages][value=en]").check()
    first.locator("#id_outline").fill("First this.\n\nThen that.")
    first.locator("#id_outcomes").fill("Plan a line.")
    first.locator("nav.outline button[value=giving]").click()  # another step first: nothing is lost
    first.locator("#id_offers").fill("Our data.")
    first.locator("button[value=later]").click()
    first.goto(f"{prefix}/proposals/{proposal.code}/continuation/")
    first.locator("main form button").click()

    second = open_page(width=390, scripts=False)
    second.goto(link_in("proposal_continue"))
    second.locator("main form button").click()
    second.goto(f"{prefix}/proposals/{proposal.code}/text/how/")
    for name, value in [("meetings", "1"), ("hours", "1.5"), ("group_size", "30")]:
        second.locator(f"#id_{name}").fill(value)
    second.locator("form#step-form .form-actions button[value=next]").click()
    second.goto(f"{prefix}/proposals/{proposal.code}/sending/")
    expect(second.locator("main")).to_contain_text("First this.")
    Proposal.objects.update(started_at=timezone.now() - timedelta(hours=1))
    second.locator("main form .form-actions button").click()
    expect(second.locator("main")).to_contain_text("amina@city.example")

    second.goto(link_in("proposal_confirm"))
    second.locator("main form button").click()
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
    assert proposal.revisions.get().content["outline"] == "First this.\n\nThen that."
    expect(second.locator("main")).to_contain_text(proposal.code)


def test_read_by_keyboard_told_accepted_and_the_draft_is_there(open_page, axe, live_server):
    secretary, reviewer = cast.secretary(), making.reviewer()
    amina = cast.person("Amina Diallo")
    first = making.sent(amina, host="seoul")
    second = making.sent(cast.person("Lin Chen"), title="Second idea", outline="Something else.")
    for proposal in (first, second):
        reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)

    desk = open_page()
    enter(desk, reviewer, live_server)
    keys = Keys(desk)
    desk.goto("/proposals/desk/")
    keys.press("j")
    expect(desk.get_by_role("link", name="Night buses that people trust")).to_be_focused()
    keys.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Night buses that people trust")
    keys.press("j")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Second idea")
    keys.press("k")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Night buses that people trust")
    for criterion in making.ALL_WELL:
        radios = desk.locator(f"input[name={criterion}]")
        radios.first.focus()
        keys.press("Space")
        keys.press("ArrowRight")
    keys.to("textbox", "Comment to the proposer")
    keys.type("Say more of j and k.")  # letters are letters where one writes
    keys.to("button", "Keep, and the next")
    keys.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Second idea")
    review = first.reviews.get()
    assert review.to_proposer == "Say more of j and k."
    assert {score.value for score in review.scores.all()} == {3}
    assert review.finished_at

    page = open_page()
    enter(page, secretary, live_server)
    page.goto(f"/proposals/desk/{first.code}/")
    page.get_by_text("Prepare a decision").click()
    axe(page)
    page.get_by_label("Accept").check()
    page.get_by_label("Reasons").fill("It fits, and you did it.")
    page.get_by_label("First meeting").fill("2027-05-04T10:00")
    page.get_by_role("button", name="Prepare it").click()
    page.get_by_role("link", name="To the decisions to tell").click()
    page.get_by_role("button", name="Tell the chosen ones").click()
    activity = Activity.objects.get()
    assert activity.title == "Night buses that people trust"
    assert not activity.is_public
    for address in ("/proposals/desk/board/", f"/admin/catalog/activity/{activity.pk}/change/", "/admin/"):
        page.goto(address)
    axe(page)
    page.goto(activity.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Proposed by")

    phone = open_page(width=390)
    enter(phone, amina, live_server)
    for address in (
        f"/proposals/{first.code}/",
        "/proposals/",
        f"/proposals/{first.code}/co-proposers/",
        "/me/",
    ):
        phone.goto(address)
        assert_fits(phone)
    axe(phone)
    phone.goto(f"/proposals/{first.code}/")
    expect(phone.locator("main")).to_contain_text("Your proposal is accepted")
