"""Where a call hides names, they show to no reviewer: every address, list, search, file name, letter and export is asked."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from outbox.models import Letter
from proposals import actions
from reviews import actions as reviewing
from reviews import errors
from reviews.reviewers import possible_reviewers
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL
from tests.test_get_changes_nothing import address_of
from tests.test_open_pages import every_page

pytestmark = pytest.mark.django_db

MARK = "Zzsecret"
# Every member stands in the public list of members and wherever one chooses an organization, so it has a mark of its own.
CITY = "Zzcity"


@pytest.fixture
def hidden(settings, tmp_path):
    """A proposal whose every naming field carries the mark, read by a blind reviewer and a coordinator."""
    from hubs.storage import private_storage
    from proposals.models import Attachment

    field = Attachment._meta.get_field("file")
    was = field.storage
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "files.folder.Folder",
            "OPTIONS": {"location": tmp_path},
        }
    }
    field.storage = private_storage()
    amina = cast.person(f"{MARK} Diallo", email=f"{MARK}@city.example", organization=cast.organization(CITY))
    call = making.call(hides_names=True, hosts=[cast.host("seoul")])
    draft = making.draft(amina, call=call)
    note = actions.attach(proposal=draft, file=SimpleUploadedFile(f"{MARK} note.pdf", b"%PDF-1.7"), by=amina)
    content = making.content(
        organization=amina.organization_id,
        contact_name=f"{MARK} Diallo",
        contact_post=f"{MARK} post",
        contact_email=amina.email,
        speakers=[{"name": f"{MARK} Faye", "role": f"{MARK} role", "organization": f"{MARK} Bus"}],
        attachments=[note.pk],
        is_public=True,
    )
    proposal = actions.send(proposal=draft, content=content, by=amina)
    friend = actions.invite_co_proposer(proposal=proposal, email=f"{MARK}.friend@city.example", by=amina)
    actions.join_as_co_proposer(asked=friend)
    actions.write_message(proposal=proposal, text="When do we hear?", by=amina, from_desk=False)
    secretary = cast.secretary()
    reviewing.ask_for_changes(proposal=proposal, what="Say more.", by=secretary)
    actions.send_again(
        proposal=proposal,
        content=content | {"contact_post": f"{MARK} new post", "aim": "A plan for two lines."},
        by=amina,
    )
    yield proposal, note, amina
    field.storage = was


def readers(proposal):
    secretary = cast.secretary("Pau Vidal")
    reviewer, coordinator = making.reviewer(), cast.coordinator()
    for one in (reviewer, coordinator):
        reviewing.assign(proposal=proposal, reviewer=one, by=secretary)
        reviewing.finish_review(proposal=proposal, by=one, scores=ALL_WELL)
    return [reviewer, coordinator]


def test_the_mark_could_leak(client, hidden):
    """The secretariat sees it on the very pages that are asked below."""
    proposal, note, _amina = hidden
    client.force_login(cast.secretary("Pau Vidal"))
    for address in (
        f"/proposals/desk/{proposal.code}/",
        "/proposals/desk/?show=all",
        "/proposals/desk/board/",
    ):
        text = client.get(address).text
        assert CITY in text
        assert MARK in text or address.endswith("show=all") or "board" in address
    answer = client.get(f"/proposals/desk/{proposal.code}/files/{note.pk}/")
    assert MARK in answer["Content-Disposition"]
    making.read(answer)
    assert MARK in client.post("/proposals/desk/board/export/", {"format": "csv"}).text


# A coordinator sees what a reviewer does, and the administration, which knows no proposals.
@pytest.mark.parametrize("number", [0, pytest.param(1, marks=pytest.mark.long)])
def test_no_address_shows_it_to_a_reviewer(client, hidden, number):
    proposal, note, _amina = hidden
    world = {
        "code": proposal.code,
        "slug": proposal.call.slug,
        "pk": note.pk,
        "section": "pages",
        "app_label": "proposals",
    }
    person = readers(proposal)[number]
    client.force_login(person)
    asked = {"/proposals/desk/?show=all", "/proposals/desk/?show=open", "/proposals/desk/?show=mine"}
    asked |= {
        f"/proposals/desk/{proposal.code}/?show=all",
        f"/proposals/desk/{proposal.code}/files/{note.pk}/",
    }
    asked |= {"/proposals/similar/?title=Night+buses+that+people+trust"}
    for name, _route, view in every_page():
        if name and name != "account_logout":
            asked |= set(address_of(name, view, world))
    assert f"/proposals/{proposal.code}/" in asked
    opened = 0
    for address in sorted(asked):
        answer = client.get(address)
        body = making.read(answer) if answer.streaming else answer.content
        opened += answer.status_code == 200
        assert MARK.lower() not in body.decode(errors="ignore").lower(), address
        assert MARK.lower() not in str(answer.headers).lower(), address
        if address.startswith("/proposals/") and address != "/proposals/new/form/":
            assert CITY not in body.decode(errors="ignore"), address
    assert opened > 20


def test_what_a_reviewer_does_shows_it_neither(client, hidden):
    proposal, _note, _amina = hidden
    for person in readers(proposal):
        client.force_login(person)
        for noun, fields in [
            ("review", dict.fromkeys(ALL_WELL, "3")),
            ("review", {"need": "nonsense"}),
            ("messages", {"message-text": ""}),
            ("reviewers", {"reviewer": person.pk}),
            ("changes", {"changes-reasons": "x"}),
            ("decision", {"decision-verdict": "accepted"}),
        ]:
            answer = client.post(f"/proposals/desk/{proposal.code}/{noun}/", fields, follow=True)
            assert MARK not in answer.text, noun


@pytest.mark.parametrize("words", [MARK, f"{MARK} Diallo", CITY, f"{MARK}@city.example"])
def test_searching_for_the_name_finds_nothing_for_a_reviewer(client, hidden, words):
    proposal, _note, _amina = hidden
    for person in readers(proposal):
        client.force_login(person)
        assert proposal.code in client.get("/proposals/desk/", {"show": "all", "q": "Night buses"}).text
        assert proposal.code not in client.get("/proposals/desk/", {"show": "all", "q": words}).text
    client.force_login(cast.secretary("Eva Roca"))
    assert proposal.code in client.get("/proposals/desk/board/", {"q": words}).text


def test_letters_to_reviewers_do_not_name_it(hidden):
    proposal, _note, _amina = hidden
    people = readers(proposal)
    letters = Letter.objects.filter(person__in=people)
    assert letters.count() == 2
    for letter in letters:
        assert CITY not in letter.subject + letter.text
        assert MARK not in letter.subject + letter.text + letter.html + str(letter.headers) + letter.reply_to


def test_the_board_the_export_and_the_admin_are_closed_to_reviewers(client, hidden):
    proposal, _note, _amina = hidden
    for person in readers(proposal):
        client.force_login(person)
        assert client.get("/proposals/desk/board/").status_code == 403
        assert client.post("/proposals/desk/board/export/", {"format": "csv"}).status_code == 403
        # A coordinator sees the letters of their own host's sessions, none about a proposal.
        letters = client.get(reverse("admin:outbox_letter_changelist"))
        assert letters.status_code == (200 if person.hosts.exists() else 403)
        assert MARK not in letters.text
        for letter in Letter.objects.filter(about__startswith="proposal "):
            page = client.get(reverse("admin:outbox_letter_change", args=[letter.pk]))
            assert page.status_code != 200
            assert MARK not in page.text
    assert Letter.objects.filter(about__startswith="proposal ").exists()
    assert "proposal" not in {model._meta.model_name for model in admin.site._registry}


def test_who_sees_names_does_not_review_where_they_are_hidden(hidden):
    proposal, _note, _amina = hidden
    secretary = cast.secretary("Pau Vidal")
    with pytest.raises(errors.NamesWouldShow):
        reviewing.assign(proposal=proposal, reviewer=secretary, by=secretary)
    assert secretary not in possible_reviewers(proposal)


def test_a_call_that_hides_nothing_shows_names(client):
    proposal = making.sent(cast.person(), call=making.call(), contact_name=f"{MARK} Diallo")
    reviewer = making.reviewer()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=cast.secretary())
    client.force_login(reviewer)
    assert MARK in client.get(f"/proposals/desk/{proposal.code}/").text


def test_the_proposer_is_told_what_reviewers_read_as_it_is(client):
    amina = cast.person()
    client.force_login(amina)
    blind, open_call = making.call(hides_names=True), making.call()
    words = "Keep your name and your city’s out of title, texts and files"
    for call, told in [(blind, True), (open_call, False), (None, False)]:
        proposal = making.draft(amina, call=call)
        for step in ("idea", "how", "giving", "files"):
            page = client.get(f"/proposals/{proposal.code}/text/{step}/")
            assert (words in page.text) == told


def test_both_sides_of_a_message_are_told_not_to_name_the_proposer(client, hidden):
    proposal, _note, amina = hidden
    client.force_login(amina)
    assert "do not sign it" in client.get(f"/proposals/{proposal.code}/").text
    client.force_login(cast.secretary("Pau Vidal"))
    assert "do not name them in comments" in client.get(f"/proposals/desk/{proposal.code}/").text


def test_a_message_reaches_a_blind_reviewer_by_letter_without_the_name(hidden):
    proposal, _note, amina = hidden
    reviewer = readers(proposal)[0]
    actions.write_message(proposal=proposal, text="Can it be in May?", by=amina, from_desk=False)
    letter = Letter.objects.get(kind="proposal_message_to_desk", person=reviewer)
    whole = letter.subject + letter.text + letter.html + str(letter.headers) + letter.reply_to
    assert "Can it be in May?" in whole
    assert MARK not in whole
    assert CITY not in whole
