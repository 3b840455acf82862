"""A proposal is typed in a real browser: a dead line, a lost answer and another window cost no word."""

import re

import pytest
from playwright.sync_api import Page, expect

from proposals import actions, tokens
from proposals.models import Proposal
from tests import cast
from tests.journeys.proposing import world
from tests.proposals import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _world():
    world()


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
