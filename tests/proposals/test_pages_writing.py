"""Writing through the pages: what is typed is never lost, and nobody reads what is not theirs."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals import access, actions, tokens
from proposals.models import Proposal
from tests import cast

from . import making
from .at_the_pages import HOW, IDEA, begin, post, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean_slate():
    cache.clear()  # the limits count across tests
    cast.topic("Mobility")


@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
def test_anyone_reads_the_page_before_and_begins_in_three_languages(client, prefix):
    page = client.get(f"{prefix}/proposals/new/")
    assert page.status_code == 200
    assert f'href="{prefix}/proposals/new/form/"' in page.text
    assert not page.cookies
    assert client.get(f"{prefix}/proposals/new/form/").status_code == 200
    assert not Proposal.objects.exists()  # looking makes no rows


def test_the_page_before_says_all_one_asks_first(client):
    making.call(title="Cities at night")
    text = client.get("/proposals/new/").text
    for told in (
        "Who may propose",
        "What is looked for",
        "What we pay attention to",
        "Within 6 weeks",
        "Cities at night",
    ):
        assert told in text


def test_the_first_words_make_a_draft_that_this_browser_alone_can_open(client):
    answer, proposal = begin(client)
    assert answer.status_code == 302
    assert answer.url == f"/proposals/{proposal.code}/text/idea/"
    assert proposal.draft["contact_name"] == "Amina Diallo"
    assert client.get(answer.url).status_code == 200
    client.cookies.clear()
    assert client.get(answer.url).status_code == 302  # to the door
    client.force_login(cast.person())
    assert client.get(answer.url).status_code == 404
    client.force_login(cast.secretary())
    assert client.get(f"/proposals/{proposal.code}/").status_code == 404
    assert client.get(f"/proposals/desk/{proposal.code}/").status_code == 404


def test_what_is_wrong_is_kept_as_it_was_typed_and_told(client):
    _answer, proposal = begin(client)
    answer = post(client, proposal, "idea", IDEA | {"aim": "a" * 450, "title": ""})
    assert answer.status_code == 422
    assert "50 characters too long" in answer.text
    assert "a" * 450 in answer.text
    proposal.refresh_from_db()
    assert proposal.draft["aim"] == "a" * 450
    again = client.get(f"/proposals/{proposal.code}/text/idea/")
    assert "a" * 450 in again.text


@pytest.mark.parametrize("go", ["later", "who", "sending"])
def test_other_ways_out_keep_the_text_too(client, go):
    _answer, proposal = begin(client)
    answer = post(client, proposal, "idea", {"title": "Half"}, go=go)
    assert answer.status_code == 302
    proposal.refresh_from_db()
    assert proposal.draft["title"] == "Half"


def test_autosave_keeps_half_words_and_a_late_one_writes_over_nothing(client):
    _answer, proposal = begin(client)
    one = client.post(
        f"/proposals/{proposal.code}/text/idea/",
        {"token": tokens.form_token(proposal), "version": 1, "sitting": "s2", "title": "Half a ti"},
        headers={"X-Autosave": "1"},
    )
    assert (one.status_code, one.json()) == (200, {"version": 2})
    other = client.post(
        f"/proposals/{proposal.code}/text/idea/",
        {"token": tokens.form_token(proposal), "version": 1, "sitting": "s3", "title": "Other"},
        headers={"X-Autosave": "1"},
    )
    assert (other.status_code, other.json()) == (409, {"version": 2})
    proposal.refresh_from_db()
    assert proposal.draft["title"] == "Half a ti"


def test_two_windows_get_both_texts_to_see(client):
    _answer, proposal = begin(client)
    actions.keep(proposal=proposal, typed={"title": "From the train"}, by=None, sitting="train")
    answer = client.post(
        f"/proposals/{proposal.code}/text/idea/",
        IDEA
        | {"title": "From the desk", "token": tokens.form_token(proposal), "version": 1, "sitting": "desk"},
    )
    assert answer.status_code == 409
    assert "From the train" in answer.text
    assert 'value="From the desk"' in answer.text
    again = client.post(
        f"/proposals/{proposal.code}/text/idea/",
        IDEA
        | {"title": "From the desk", "token": tokens.form_token(proposal), "version": 2, "sitting": "desk"},
    )
    assert again.status_code == 302


def test_signing_in_on_the_way_loses_nothing(client):
    """Django's own token changes at signing in; the open page still saves, and the draft is then the person's."""
    _answer, proposal = begin(client)
    amina = cast.person()
    client.force_login(amina)
    assert post(client, proposal, "idea", IDEA).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.person, proposal.draft["title"]) == (amina, "Bus de nuit")


def test_a_form_that_is_not_ours_changes_nothing(client):
    _answer, proposal = begin(client)
    answer = post(client, proposal, "idea", IDEA, token="nonsense")
    assert answer.status_code == 422
    assert "Bus de nuit" in answer.text
    proposal.refresh_from_db()
    assert "title" not in proposal.draft


def test_people_are_named_with_their_consent_only(client):
    _answer, proposal = begin(client)
    answer = post(client, proposal, "how", HOW | {"speaker_1_name": "Bineta Faye"})
    assert answer.status_code == 422
    assert "Ask them first" in answer.text
    assert (
        post(
            client, proposal, "how", HOW | {"speaker_1_name": "Bineta Faye", "speaker_1_consent": "on"}
        ).status_code
        == 302
    )


def test_too_many_from_one_place_wait_and_keep_their_text(client, monkeypatch):
    monkeypatch.setitem(access.LIMITS, "start", "3/h/ip")
    for _i in range(3):
        begin(client)
    answer, _last = begin(client, contact_name="The fourth")
    assert answer.status_code == 429
    assert "The fourth" in answer.text
    assert Proposal.objects.count() == 3


def test_a_dead_cache_limits_nobody(client, settings):
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock"},
    }
    answer, proposal = begin(client)
    assert answer.status_code == 302
    assert post(client, proposal, "idea", IDEA).status_code == 302


def test_a_draft_is_thrown_away_by_its_owner(client):
    _answer, proposal = begin(client)
    assert client.get(f"/proposals/{proposal.code}/deletion/").status_code == 200
    client.post(f"/proposals/{proposal.code}/deletion/")
    assert not Proposal.objects.exists()


def test_signed_out_while_one_writes_the_text_is_kept_and_the_door_leads_back(client):
    """By a clock, or in another window."""
    amina = cast.person()
    proposal = making.draft(amina)
    client.force_login(amina)
    page = f"/proposals/{proposal.code}/text/idea/"
    assert client.get(page).status_code == 200
    client.logout()
    answer = post(client, proposal, "idea", {"title": "Typed after the clock ran out"})
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={page}")
    proposal.refresh_from_db()
    assert proposal.draft["title"] == "Typed after the clock ran out"
    kept = client.post(
        page,
        {"token": tokens.form_token(proposal), "version": proposal.version, "title": "And a word more"},
        headers={"X-Autosave": "1"},
    )
    assert kept.json() == {"version": proposal.version + 1}
    client.force_login(amina)
    assert "And a word more" in client.get(page).text


def test_without_the_pages_token_nobody_writes_into_what_is_not_theirs(client):
    proposal = making.draft(cast.person())
    page = f"/proposals/{proposal.code}/text/idea/"
    other = making.draft(cast.person("B B"))
    for token in ("", "made-up", tokens.form_token(other)):
        assert client.post(page, {"token": token, "title": "Not mine"}).status_code == 302
    client.force_login(cast.person("Stranger Else"))
    assert client.post(page, {"token": tokens.form_token(proposal), "title": "Not mine"}).status_code == 404
    proposal.refresh_from_db()
    assert proposal.draft["title"] == "Night buses that people trust"


def test_a_page_left_open_by_who_was_taken_off_keeps_nothing_any_more(client):
    amina, friend = cast.person(), cast.person("Lin Chen")
    proposal = making.draft(amina)
    asked = actions.invite_co_proposer(proposal=proposal, email=friend.email, by=amina)
    actions.join_as_co_proposer(asked=asked)
    token = tokens.form_token(proposal)
    actions.remove_co_proposer(asked=asked, by=amina)
    client.post(f"/proposals/{proposal.code}/text/idea/", {"token": token, "title": "Still here"})
    proposal.refresh_from_db()
    assert proposal.draft["title"] == "Night buses that people trust"


def test_a_chosen_file_is_kept_whichever_button_is_pressed(client):
    proposal = ready(client)
    address = f"/proposals/{proposal.code}/files/new/"
    token = {"token": tokens.form_token(proposal)}
    for number, (go, leads_to) in enumerate(
        [("next", "sending/"), ("files", "text/files/"), ("later", "")], 1
    ):
        file = SimpleUploadedFile(f"note {number}.pdf", b"%PDF-1.7")
        answer = client.post(address, token | {"file": file, "go": go})
        assert (answer.status_code, answer.url) == (302, f"/proposals/{proposal.code}/{leads_to}")
        assert proposal.attachments.count() == number
    assert client.post(address, token | {"go": "next"}).url == f"/proposals/{proposal.code}/sending/"
    assert client.post(address, token | {"go": "files"}).status_code == 422  # nothing was chosen
    fourth = client.post(address, token | {"file": SimpleUploadedFile("4.pdf", b"%PDF-1.7"), "go": "next"})
    assert (fourth.status_code, "There are three files already" in fourth.text) == (422, True)
    foreign = client.post(address, {"file": SimpleUploadedFile("5.pdf", b"%PDF-1.7")})
    assert (foreign.status_code, "Choose the file again" in foreign.text) == (422, True)
    assert proposal.attachments.count() == 3


def test_many_who_type_in_one_office_hold_up_no_other(client, monkeypatch):
    """Each draft has a measure of its own, so a busy neighbor costs nobody a word."""
    monkeypatch.setitem(access.LIMITS, "save", "1200/m/ip,2/m/key")
    _answer, mine = begin(client)
    _answer, theirs = begin(client)

    def autosave(proposal, title):
        return client.post(
            f"/proposals/{proposal.code}/text/idea/",
            {"token": tokens.form_token(proposal), "title": title},
            headers={"X-Autosave": "1"},
        ).status_code

    assert [autosave(theirs, f"{number}") for number in range(3)] == [200, 200, 429]
    assert autosave(mine, "Kept all the same") == 200
    # What was too quick for saving as one types is kept by the button.
    assert post(client, theirs, "idea", IDEA).status_code == 302
