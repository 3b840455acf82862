"""The pages of who proposes and of the desk, on a phone: they fit, and axe finds nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from proposals import actions, tokens
from reviews import actions as reviewing
from tests import cast
from tests.journeys.proposing import IN_EACH_LANGUAGE, enter, world
from tests.plugins.browser import assert_fits
from tests.proposals import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _world():
    world()


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
@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.long)])
def test_every_page_of_the_desk_fits_and_axe_finds_nothing(open_page, axe, live_server, prefix, width):
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
    blind, whole = open_page(width=width), open_page(width=width)
    enter(blind, coordinator, live_server)
    enter(whole, secretary, live_server)
    look_at(blind, axe, prefix, "/proposals/desk/", f"/proposals/desk/{proposal.code}/")
    look_at(
        whole,
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
