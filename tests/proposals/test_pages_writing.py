"""Writing through the pages: what is typed is never lost, and nobody reads what is not theirs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from outbox.models import Letter
from proposals import access, actions, tokens
from proposals.models import Proposal
from tests import cast

from . import making

pytestmark = pytest.mark.django_db

WHO = {
    "organization": "",
    "organization_other": "Water Works of Elsewhere",
    "contact_name": "Amina Diallo",
    "contact_post": "Head of Water",
    "contact_email": "amina@city.example",
}
IDEA = {
    "written_in": "fr",
    "title": "Bus de nuit",
    "format": "webinar",
    "topics": ["mobility"],
    "languages": ["fr", "en"],
    "aim": "Un plan pour une ligne.",
    "outline": "D’abord,\r\npuis.",
    "outcomes": "Planifier.",
}
HOW = {"meetings": "2", "hours": "1.5", "group_size": "30"}
GIVING = {"offers": "Nos données."}


@pytest.fixture(autouse=True)
def _clean_slate():
    cache.clear()  # the limits count across tests
    cast.topic("Mobility")


def begin(client, **fields):
    page = client.get("/proposals/new/form/")
    answer = client.post(
        "/proposals/new/form/", WHO | {"start_key": page.context["start_key"], "sitting": "s1"} | fields
    )
    return answer, Proposal.objects.order_by("pk").last()


def post(client, proposal, step, fields, **more):
    proposal.refresh_from_db()
    return client.post(
        f"/proposals/{proposal.code}/text/{step}/",
        {"token": tokens.form_token(proposal), "version": proposal.version, "sitting": "s1"} | fields | more,
    )


def ready(client):
    _answer, proposal = begin(client)
    for step, fields in [("idea", IDEA), ("how", HOW), ("giving", GIVING)]:
        assert post(client, proposal, step, fields).status_code == 302
    Proposal.objects.update(started_at=timezone.now() - timedelta(hours=1))
    return proposal


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


def test_sent_without_an_account_confirmed_by_the_letter(client):
    proposal = ready(client)
    page = client.get(f"/proposals/{proposal.code}/sending/")
    assert "Bus de nuit" in page.text
    answer = client.post(f"/proposals/{proposal.code}/sending/", follow=True)
    assert "amina@city.example" in answer.text
    proposal.refresh_from_db()
    assert proposal.is_draft
    letter = Letter.objects.get(kind="proposal_confirm")
    link = letter.text.split("http://localhost:8000")[1].split()[0]
    client.cookies.clear()
    asked = client.get(link)
    proposal.refresh_from_db()
    assert (asked.status_code, proposal.state) == (200, "draft")  # a scanner follows links
    followed = client.post(link, follow=True)
    proposal.refresh_from_db()
    assert (followed.status_code, proposal.state) == (200, "submitted")
    assert proposal.code in followed.text
    assert proposal.revisions.get().content["outline"] == "D’abord,\npuis."
    assert proposal.language == "fr"


def test_sent_by_who_is_signed_in_counts_at_once(client):
    amina = cast.person()
    client.force_login(amina)
    proposal = ready(client)
    answer = client.post(f"/proposals/{proposal.code}/sending/", follow=True)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.contact_email) == ("submitted", amina.email)
    assert proposal.code in answer.text
    assert "We have your proposal" in answer.text


def test_what_is_not_complete_is_listed_and_not_sent(client):
    _answer, proposal = begin(client)
    Proposal.objects.update(started_at=timezone.now() - timedelta(hours=1))
    answer = client.post(f"/proposals/{proposal.code}/sending/")
    assert answer.status_code == 422
    assert f"/proposals/{proposal.code}/text/how/?check" in answer.text
    assert not Letter.objects.exists()


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


def test_programs_are_kept_out_without_puzzles(client):
    answer, proposal = begin(client, website="https://buy.example")
    assert (answer.status_code, proposal) == (422, None)
    # A browser may have filled it for an honest person: they are told, and keep what they typed.
    assert "perhaps by your browser" in answer.text
    assert "Head of Water" in answer.text
    assert "buy.example" not in answer.text
    proposal = ready(client)
    Proposal.objects.update(started_at=timezone.now())
    quick = client.post(f"/proposals/{proposal.code}/sending/")
    assert (quick.status_code, "That was quick" in quick.text) == (422, True)
    Proposal.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    trapped = client.post(f"/proposals/{proposal.code}/sending/", {"website": "x"})
    assert (trapped.status_code, "perhaps by your browser" in trapped.text) == (422, True)
    assert not Letter.objects.exists()


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


def test_the_link_in_the_letter_opens_the_draft_on_another_device(client):
    _answer, proposal = begin(client)
    client.post(f"/proposals/{proposal.code}/continuation/", {"email": "amina@city.example"})
    letter = Letter.objects.get(kind="proposal_continue")
    link = letter.text.split("http://localhost:8000")[1].split()[0]
    client.cookies.clear()
    client.get(link)
    assert client.get(f"/proposals/{proposal.code}/").status_code == 302  # looking opens nothing
    assert client.post(link, follow=True).status_code == 200
    assert post(client, proposal, "idea", IDEA).status_code == 302


def test_a_closed_call_leaves_the_text_and_a_way_out(client):
    call = making.call()
    page = client.get(f"/proposals/new/form/?call={call.slug}")
    client.post(f"/proposals/new/form/?call={call.slug}", WHO | {"start_key": page.context["start_key"]})
    proposal = Proposal.objects.get()
    for step, fields in [("idea", IDEA), ("how", HOW), ("giving", GIVING)]:
        post(client, proposal, step, fields)
    now = timezone.now()
    Proposal.objects.update(started_at=now - timedelta(days=1))
    type(call).objects.update(opens_at=now - timedelta(days=3), closes_at=now - timedelta(minutes=30))
    assert "you can still send until" in client.get(f"/proposals/{proposal.code}/sending/").text
    type(call).objects.update(closes_at=now - timedelta(hours=1, minutes=1))
    refused = client.post(f"/proposals/{proposal.code}/sending/")
    assert refused.status_code == 409
    assert "Take it out of the call" in refused.text
    client.post(f"/proposals/{proposal.code}/call/")
    assert client.post(f"/proposals/{proposal.code}/sending/").status_code == 302


def test_alike_is_shown_while_one_types_and_after_saving(client):
    cast.activity("Night buses that people trust")
    cast.activity("Water in dense cities")
    cast.activity("Night buses of tomorrow, a draft", published=False)
    making.sent(cast.person(), title="Night bus networks", is_public=True, aim="Others may know.")
    making.sent(cast.person(), title="Night bus secrets", is_public=False)
    text = client.get("/proposals/similar/?title=Night+busses").text
    assert "Night buses that people trust" in text
    assert "Night bus networks" in text
    for hidden in ("Water", "draft", "secrets"):
        assert hidden not in text
    _answer, proposal = begin(client)
    post(client, proposal, "idea", IDEA | {"title": "Night buses"})
    assert "Night buses that people trust" in client.get(f"/proposals/{proposal.code}/text/how/").text


def test_what_is_asked_of_the_pages_does_not_grow_with_what_there_is(client, django_assert_num_queries):
    for i in range(3):
        cast.activity(f"Night buses {i}")
        making.sent(cast.person(f"P {i}"), title=f"Night trains {i}", is_public=True)
    with django_assert_num_queries(4):  # three to find, one for the address to write to
        client.get("/proposals/similar/?title=Night+buses+and+trains")


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


def test_a_link_to_go_on_leads_to_the_door_once_the_draft_belongs_to_an_account(client):
    _answer, proposal = begin(client)
    link = f"/proposals/continuing/{tokens.continuation(proposal)}/"
    amina = cast.person()
    client.force_login(amina)
    post(client, proposal, "idea", IDEA)
    client.logout()
    client.cookies.clear()
    answer = client.post(link, follow=True)
    assert answer.redirect_chain[-1] == (f"/accounts/login/?next=/proposals/{proposal.code}/", 302)


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


def test_ones_own_proposal_is_not_alike_and_anothers_has_a_number_to_ask_for(client):
    host = cast.host("cairo")
    type(host).objects.filter(pk=host.pk).update(kind="secretariat", email="office@metropolis.example")
    amina = cast.person("Amina Diallo")
    proposal = making.sent(amina, title="Night buses in Dakar", is_public=True)
    for state_of_it in ("shown", "own", "withdrawn"):
        but = proposal.code if state_of_it == "own" else ""
        if state_of_it == "withdrawn":
            actions.withdraw(proposal=proposal, by=amina)
        text = client.get("/proposals/similar/", {"title": "Night buses", "but": but}).text
        assert (proposal.code in text) == (state_of_it == "shown")
        assert ("office@metropolis.example" in text) == (state_of_it == "shown")
        assert "Amina" not in text
        assert "city.example" not in text
    quiet = making.sent(cast.person("B B"), title="Night buses in Seoul")
    assert quiet.code not in client.get("/proposals/similar/", {"title": "Night buses"}).text


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


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_who_is_asked_says_yes_through_the_letter_and_opens_it(client, language):
    """The letter is in the language of who gets it, where we know it; looking at the page says nothing yet."""
    amina, friend = cast.person("Amina Diallo"), cast.person("Lin Chen", language=language)
    proposal = making.sent(amina)
    client.force_login(amina)
    asked = client.post(f"/proposals/{proposal.code}/co-proposers/", {"email": friend.email.upper()})
    assert asked.status_code == 302
    client.logout()
    letter = Letter.objects.get(kind="proposal_join")
    assert letter.language == language
    link = letter.text.split("http://localhost:8000")[1].split()[0]
    assert link.startswith("/proposals/" if language == "en" else f"/{language}/proposals/")
    page = client.get(link)
    assert page.status_code == 200
    assert "Night buses that people trust" in page.text
    assert not proposal.co_proposers.filter(confirmed_at__isnull=False).exists()
    assert client.post(link).status_code == 302
    assert client.post(link).status_code == 302  # said twice
    client.force_login(friend)
    assert client.get(f"/proposals/{proposal.code}/").status_code == 200
    assert proposal.co_proposers.get().person == friend
