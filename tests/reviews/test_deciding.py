from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Letter
from proposals import actions
from proposals.models import Decision
from reviews import actions as reviewing
from reviews import errors
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return cast.secretary()


def test_nobody_is_told_before_the_release_and_then_each_once(secretary):
    first, second = making.sent(cast.person("A A")), making.sent(cast.person("B B"))
    decisions = [
        making.decision(first, secretary),
        making.decision(second, secretary, "declined", reasons="Too wide."),
    ]
    first.refresh_from_db()
    assert first.state == "submitted"
    assert not Letter.objects.filter(kind__in=["proposal_accepted", "proposal_declined"]).exists()
    reviewing.release(decisions=decisions, by=secretary)
    again = reviewing.release(decisions=decisions, by=secretary)
    assert [type(refusal) for _decision, refusal in again] == [errors.AlreadyReleased] * 2
    kinds = Letter.objects.filter(kind__in=["proposal_accepted", "proposal_declined"]).values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["proposal_accepted", "proposal_declined"]


def test_one_that_was_withdrawn_meanwhile_holds_up_no_other(secretary):
    amina = cast.person()
    gone, stays = making.sent(amina), making.sent(cast.person("B B"))
    decisions = [making.decision(gone, secretary), making.decision(stays, secretary)]
    actions.withdraw(proposal=gone, by=amina)
    told = reviewing.release(decisions=decisions, by=secretary)
    assert [type(refusal) for _decision, refusal in told] == [errors.NotAllowed, type(None)]
    stays.refresh_from_db()
    assert stays.state == "accepted"


def test_the_letter_holds_what_reviewers_said_to_the_proposer_and_nothing_else(secretary):
    proposal = making.sent()
    for name, told in [("R One", "Say more of the cost."), ("R Two", "")]:
        reviewer = making.reviewer(name)
        reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
        reviewing.finish_review(
            proposal=proposal, by=reviewer, scores=ALL_WELL, to_colleagues="Weak team.", to_proposer=told
        )
    reviewing.release(decisions=[making.decision(proposal, secretary, "declined")], by=secretary)
    text = Letter.objects.get(kind="proposal_declined").text
    assert "Say more of the cost." in text
    assert "Weak team." not in text
    assert "R One" not in text


def test_deciding_is_for_who_decides(secretary):
    proposal = making.sent(host="seoul")
    cast.host("seoul")
    coordinator = cast.coordinator()
    for who in (coordinator, making.reviewer(), cast.reader(), cast.person("Amina")):
        with pytest.raises(errors.NotYours):
            making.decision(proposal, who)
        with pytest.raises(errors.NotYours):
            reviewing.ask_for_changes(proposal=proposal, what="More.", by=who)
    decision = making.decision(proposal, secretary)
    assert [type(one) for _d, one in reviewing.release(decisions=[decision], by=coordinator)] == [
        errors.NotYours
    ]
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_who_proposes_does_not_decide_on_it(secretary):
    proposal = making.sent(secretary)
    with pytest.raises(errors.NotYours):
        making.decision(proposal, secretary)


def test_a_decision_has_reasons_and_there_is_one(secretary):
    proposal = making.sent()
    with pytest.raises(errors.NoReasons):
        making.decision(proposal, secretary, reasons="  ")
    decision = making.decision(proposal, secretary)
    with pytest.raises(errors.AlreadyPrepared):
        making.decision(proposal, secretary, "declined")
    reviewing.take_back_decision(decision=decision, by=secretary)
    assert making.decision(proposal, secretary, "declined").verdict == "declined"


def test_asking_for_changes_drops_a_prepared_decision_and_tells_what(secretary):
    proposal = making.sent()
    making.decision(proposal, secretary)
    reviewing.ask_for_changes(proposal=proposal, what="Say who drives.", by=secretary)
    assert not Decision.objects.exists()
    assert "Say who drives." in Letter.objects.get(kind="proposal_changes_asked").text


def test_nothing_is_planned_for_a_moment_that_has_passed(secretary):
    proposal, now = making.sent(), timezone.now()
    for starts_at in (now, now - timedelta(days=2)):
        with pytest.raises(errors.StartIsOver):
            making.decision(proposal, secretary, starts_at=starts_at, now=now)
    assert making.decision(proposal, secretary, "declined", starts_at=now, now=now).starts_at is None
