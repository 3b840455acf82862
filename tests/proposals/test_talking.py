"""Messages: what one side writes reaches the other by letter, once to each, and tells nobody what they must not know."""

import pytest
from django.core.cache import cache

from hubs.models import Host
from outbox.models import Letter
from proposals import access, actions, errors
from reviews import actions as reviewing
from tests import cast

from . import making

pytestmark = pytest.mark.django_db

MAILBOX = "secretariat@metropolis.example"


@pytest.fixture
def mailbox():
    host = cast.host("cairo")
    Host.objects.filter(pk=host.pk).update(kind=Host.Kind.SECRETARIAT, email=MAILBOX)
    return MAILBOX


def to_desk() -> dict[str, Letter]:
    return {letter.to: letter for letter in Letter.objects.filter(kind="proposal_message_to_desk")}


def say(proposal, text="Can it be in May?"):
    return actions.write_message(proposal=proposal, text=text, by=proposal.person, from_desk=False)


def test_a_word_of_the_proposer_goes_to_who_reads_and_who_dealt_with_it(mailbox):
    proposal = making.sent(cast.person("Amina Diallo"))
    reviewer = making.reviewer(language="es")
    secretary, uninvolved = cast.secretary(), cast.secretary("Pau Vidal")
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    say(proposal)
    letters = to_desk()
    assert set(letters) == {reviewer.email, secretary.email}
    assert uninvolved.email not in letters
    assert letters[reviewer.email].language == "es"
    for letter in letters.values():
        assert "Can it be in May?" in letter.text
        assert f"/proposals/desk/{proposal.code}/#messages" in letter.text
    say(proposal, "And the month after?")
    assert Letter.objects.filter(kind="proposal_message_to_desk").count() == 4


def test_while_nobody_decides_on_it_the_secretariats_mailbox_gets_it(mailbox):
    proposal = making.sent(cast.person("Amina Diallo"))
    say(proposal)
    assert set(to_desk()) == {mailbox}
    letter = to_desk()[mailbox]
    assert "Dear" not in letter.text
    assert "Amina" not in letter.subject + letter.text


def test_without_a_mailbox_the_message_is_kept_and_the_board_shows_it():
    proposal = making.sent()
    assert say(proposal) == proposal.messages.get()
    assert to_desk() == {}


def test_who_has_an_interest_or_left_gets_nothing(mailbox):
    proposal = making.sent()
    secretary, reviewer, gone = cast.secretary(), making.reviewer(), making.reviewer("Gone Away")
    for one in (reviewer, gone):
        reviewing.assign(proposal=proposal, reviewer=one, by=secretary)
    reviewing.declare_conflict(proposal=proposal, by=reviewer)
    gone.is_active = False
    gone.save()
    say(proposal)
    assert set(to_desk()) == {secretary.email}


def test_reviewers_are_not_written_to_once_it_is_decided():
    proposal = making.sent()
    secretary, reviewer = cast.secretary(), making.reviewer()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    reviewing.release(decisions=[making.decision(proposal, secretary, "declined")], by=secretary)
    say(proposal)
    assert set(to_desk()) == {secretary.email}


def test_the_desks_word_goes_to_each_proposer_and_not_back_to_the_desk(mailbox):
    proposal = making.sent(cast.person("Amina Diallo"))
    secretary = cast.secretary()
    actions.write_message(proposal=proposal, text="In May.", by=secretary, from_desk=True)
    assert [letter.to for letter in Letter.objects.filter(kind="proposal_message")] == [proposal.person.email]
    assert to_desk() == {}
    say(proposal)
    assert set(to_desk()) == {secretary.email}  # who answered answers on


def test_strangers_write_nothing_and_drafts_have_no_messages():
    proposal = making.sent()
    with pytest.raises(errors.NotYours):
        actions.write_message(proposal=proposal, text="x", by=cast.person("S S"), from_desk=False)
    with pytest.raises(errors.NotYours):
        actions.write_message(proposal=proposal, text="x", by=making.reviewer(), from_desk=True)
    amina = cast.person("Amina Diallo")
    with pytest.raises(errors.NotAllowed):
        actions.write_message(proposal=making.draft(amina), text="x", by=amina, from_desk=False)
    assert not Letter.objects.filter(kind__startswith="proposal_message").exists()


def test_too_many_messages_wait_and_the_page_keeps_the_text(client, monkeypatch):
    cache.clear()
    monkeypatch.setitem(access.LIMITS, "message", "1/h/ip")
    proposal = making.sent()
    client.force_login(proposal.person)
    page = f"/proposals/{proposal.code}/messages/"
    assert client.post(page, {"text": "One."}).status_code == 302
    answer = client.post(page, {"text": "Two, not to be lost."})
    assert answer.status_code == 429
    assert "Many messages came from here" in answer.text
    assert "Two, not to be lost." in answer.text
    assert proposal.messages.count() == 1
