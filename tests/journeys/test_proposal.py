"""From an idea to a draft in the catalog, in a real browser: in three sittings without scripts, through a dead line with
them, read by keyboard, told, accepted."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from catalog.models import Activity
from outbox.models import Letter
from proposals import actions, tokens
from proposals.models import Proposal
from reviews import actions as reviewing
from tests import cast
from tests.journeys.test_story import Keys, assert_fits
from tests.proposals import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _world():
    cache.clear()
    cast.topic("Mobility")
    cast.host("seoul")
    cast.organization("Dakar")


def enter(page: Page, person, live_server) -> None:
    """Signed in, as by a code: the door has tests of its own."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def link_in(kind: str) -> str:
    letter = Letter.objects.get(kind=kind)
    return re.search(r"http://localhost:8000(/\S+)", letter.text)[1]


IN_EACH_LANGUAGE = pytest.mark.parametrize(
    "prefix", ["", *(pytest.param(prefix, marks=pytest.mark.long) for prefix in ("/fr", "/es"))]
)


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


def test_the_line_dies_while_one_types_and_the_text_is_there(open_page, axe, complaints):
    page = open_page()
    page.goto("/proposals/new/form/")
    axe(page)
    page.locator("#id_contact_name").type("Amina Diallo")
    expect(page.locator("#saving")).to_have_text("Saved.")
    proposal = Proposal.objects.get()  # kept as one types, before any button
    assert proposal.draft["contact_name"] == "Amina Diallo"
    expect(page).to_have_url(re.compile(f"/proposals/{proposal.code}/text/who/$"))

    page.goto(f"/proposals/{proposal.code}/text/idea/")
    page.locator("#id_title").fill("Night buses")
    expect(page.locator("#saving")).to_have_text("Saved.")
    page.context.set_offline(True)
    page.locator("#id_outline").type("Typed while the line was dead.")
    expect(page.locator("#saving")).to_contain_text("No connection")
    proposal.refresh_from_db()
    assert proposal.draft.get("outline", "") == ""
    again = page.context.new_page()
    page.close()  # the window is gone, too
    page.context.set_offline(False)
    complaints.clear()  # the dead line was meant

    again.goto(f"/proposals/{proposal.code}/text/idea/")
    expect(again.locator("#id_outline")).to_have_value("Typed while the line was dead.")
    expect(again.locator("#id_title")).to_have_value("Night buses")
    expect(again.locator("#saving")).to_have_text("Saved.")
    proposal.refresh_from_db()
    assert proposal.draft["outline"] == "Typed while the line was dead."


def test_an_answer_that_never_came_costs_no_word(open_page, complaints):
    """The line dies after we were asked and before we answered: what was typed since lies in this browser and comes back."""
    page = open_page()
    proposal = writing_in(page)
    page.route(
        "**/text/idea/", lambda route: (route.fetch(), route.abort())
    )  # it arrives, and the answer does not
    page.locator("#id_title").fill("Night buses")
    expect(page.locator("#saving")).to_contain_text("No connection")
    proposal.refresh_from_db()
    assert proposal.draft["title"] == "Night buses"
    page.context.set_offline(True)
    page.locator("#id_aim").fill("Typed after the answer was lost.")
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    complaints.clear()  # the dead line was meant

    again.goto(f"/proposals/{proposal.code}/text/idea/")
    expect(again.locator("#id_aim")).to_have_value("Typed after the answer was lost.")
    expect(again.locator("#id_title")).to_have_value("Night buses")
    expect(again.locator("#saving")).to_have_text("Saved.")
    proposal.refresh_from_db()
    assert proposal.draft["aim"] == "Typed after the answer was lost."


def test_words_that_lay_in_one_browser_are_offered_when_another_wrote_since(open_page, axe, complaints):
    page = open_page()
    proposal = writing_in(page)
    page.context.set_offline(True)
    page.locator("#id_aim").fill("Typed on the train.")
    expect(page.locator("#saving")).to_contain_text("No connection")
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    complaints.clear()  # the dead line was meant
    actions.keep(proposal=proposal, typed={"aim": "Typed at home."}, by=None, sitting="at home")

    again.goto(f"/proposals/{proposal.code}/text/idea/")
    expect(again.locator("#id_aim")).to_have_value("Typed at home.")  # nothing is written over
    notice = again.locator(".notice", has_text="never reached us")
    axe(again)
    notice.get_by_role("button", name="Insert them below").click()
    expect(again.locator("#id_aim")).to_have_value("Typed on the train.")
    expect(notice).to_have_count(0)
    expect(again.locator("#saving")).to_have_text("Saved.")
    proposal.refresh_from_db()
    assert proposal.draft["aim"] == "Typed on the train."
    again.reload()
    expect(again.locator(".notice", has_text="never reached us")).to_have_count(0)


def test_a_file_that_was_chosen_goes_with_any_button(open_page, axe):
    page = open_page()
    proposal = writing_in(page)
    page.goto(f"/proposals/{proposal.code}/text/files/")
    axe(page)
    page.set_input_files("#id_file", {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"hello"})
    page.get_by_role("button", name="Add this file").click()
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    page.set_input_files(
        "#id_file", {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="Continue: read it through").click()
    expect(page).to_have_url(re.compile(f"/proposals/{proposal.code}/sending/$"))
    assert proposal.attachments.get().name == "plan.pdf"


def writing_in(page: Page) -> Proposal:
    """A draft of nobody, open in this browser at the step of the idea."""
    proposal = making.draft()
    page.goto(f"/proposals/continuing/{tokens.continuation(proposal)}/")
    page.locator("main form button").click()
    page.goto(f"/proposals/{proposal.code}/text/idea/")
    return proposal


def test_what_is_alike_shows_while_the_title_is_typed(page, axe):
    cast.activity("Night buses that people trust")
    proposal = making.draft()
    page.goto(f"/proposals/continuing/{tokens.continuation(proposal)}/")
    page.locator("main form button").click()
    page.goto(f"/proposals/{proposal.code}/text/idea/")
    page.locator("#id_title").fill("")
    page.locator("#id_title").type("Night busses")
    expect(page.locator("#similar")).to_contain_text("Night buses that people trust")
    expect(page.locator("#id_title + .field-count")).to_have_text("138 characters left")
    axe(page)


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
    axe(desk)
    keys.press("j")
    expect(desk.get_by_role("link", name="Night buses that people trust")).to_be_focused()
    keys.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Night buses that people trust")
    axe(desk)
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
    axe(page)
    page.get_by_role("button", name="Tell the chosen ones").click()
    activity = Activity.objects.get()
    assert activity.title == "Night buses that people trust"
    assert not activity.is_public
    for address in ("/proposals/desk/board/", "/admin/", f"/admin/catalog/activity/{activity.pk}/change/"):
        page.goto(address)
        axe(page)
    page.goto(activity.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Proposed by")

    phone = open_page(width=390)
    enter(phone, amina, live_server)
    for address in (
        f"/proposals/{first.code}/",
        "/proposals/",
        "/me/",
        f"/proposals/{first.code}/co-proposers/",
    ):
        phone.goto(address)
        axe(phone)
        assert_fits(phone)
    phone.goto(f"/proposals/{first.code}/")
    expect(phone.locator("main")).to_contain_text("Your proposal is accepted")


@IN_EACH_LANGUAGE
def test_every_page_of_who_proposes_fits_and_axe_finds_nothing(open_page, axe, live_server, prefix):
    call = making.call(hides_names=True)
    amina, secretary = cast.person("Amina Diallo"), cast.secretary()
    draft = making.draft(amina, call=call)
    anothers = making.draft(cast.person("Lin Chen"))
    asked = actions.invite_co_proposer(proposal=anothers, email=amina.email, by=anothers.person)
    nobodys = making.draft()
    sent = making.sent(amina)
    actions.invite_co_proposer(proposal=sent, email="lin@city.example", by=amina)
    reviewing.ask_for_changes(proposal=sent, what="Say more.", by=secretary)
    actions.write_message(proposal=sent, text="In May?", by=amina, from_desk=False)
    accepted = making.sent(amina)
    planned = making.decision(accepted, secretary, starts_at=timezone.now() + timedelta(days=60))
    reviewing.release(decisions=[planned], by=secretary)
    visitor, phone = open_page(width=390), open_page(width=390)
    enter(phone, amina, live_server)
    look_at(
        visitor,
        axe,
        prefix,
        f"/proposals/continuing/{tokens.continuation(nobodys)}/",
        f"/proposals/joining/{tokens.joining(asked)}/",
        "/proposals/continuing/made-up/",
        "/proposals/new/",
        f"/proposals/calls/{call.slug}/",
        f"/proposals/new/form/?call={call.slug}",
        "/proposals/",
    )
    look_at(
        phone,
        axe,
        prefix,
        "/proposals/",
        *(f"/proposals/{draft.code}/text/{step}/" for step in ("who", "idea", "how", "giving", "files")),
        f"/proposals/{draft.code}/text/idea/?check",
        f"/proposals/{draft.code}/sending/",
        f"/proposals/{draft.code}/deletion/",
        f"/proposals/{sent.code}/",
        f"/proposals/{sent.code}/co-proposers/",
        f"/proposals/{sent.code}/withdrawal/",
        f"/proposals/{accepted.code}/",
    )


@IN_EACH_LANGUAGE
def test_every_page_of_the_desk_fits_and_axe_finds_nothing(open_page, axe, live_server, prefix):
    call = making.call(hides_names=True, hosts=[cast.host("seoul")])
    secretary, coordinator = cast.secretary(), cast.coordinator(cast.host("seoul"), member=False)
    amina = cast.person("Amina Diallo")
    proposal = making.sent(amina, call=call, title="Night buses, first")
    actions.send_again(proposal=proposal, content=making.content(title="Night buses, second"), by=amina)
    reviewing.assign(proposal=proposal, reviewer=coordinator, by=secretary)
    actions.write_message(proposal=proposal, text="In May?", by=amina, from_desk=False)
    decided = making.sent(cast.person("Lin Chen"))
    reviewing.finish_review(proposal=decided, by=secretary, scores=making.ALL_WELL, to_colleagues="Good.")
    making.decision(decided, secretary)
    blind, phone = open_page(width=390), open_page(width=390)
    enter(blind, coordinator, live_server)
    enter(phone, secretary, live_server)
    look_at(blind, axe, prefix, "/proposals/desk/", f"/proposals/desk/{proposal.code}/")
    look_at(
        phone,
        axe,
        prefix,
        "/proposals/desk/",
        f"/proposals/desk/{proposal.code}/",
        f"/proposals/desk/{decided.code}/",
        "/proposals/desk/board/",
        "/proposals/desk/board/?q=nothing",
        "/proposals/desk/decisions/",
    )


def look_at(page: Page, axe, prefix: str, *addresses: str) -> None:
    for address in addresses:
        answer = page.goto(prefix + address)
        assert answer is not None
        assert answer.status == (410 if "made-up" in address else 200)
        expect(page.locator("main h1")).to_be_visible()
        assert_fits(page)
        if not prefix:  # other words, the same page
            axe(page)
