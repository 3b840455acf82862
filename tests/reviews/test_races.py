"""Two read or decide at once. A twin shows the race when the lock is taken out."""

import time

import pytest

from catalog.models import Activity
from outbox.models import Letter
from proposals import actions
from proposals.actions import moving
from proposals.models import Decision, Proposal
from reviews import actions as reviewing
from reviews import errors
from reviews.actions import deciding
from tests import cast
from tests.at_once import THREADS, at_once
from tests.proposals import making
from tests.proposals.making import ALL_WELL

pytestmark = pytest.mark.django_db(transaction=True)


def test_accepting_sixteen_times_makes_one_activity_and_one_letter():
    secretary = cast.secretary()
    proposal = making.sent()
    decision = making.decision(proposal, secretary, starts_at=making.NOON)
    answers = at_once([lambda: reviewing.release(decisions=[decision], by=secretary)[0][1]] * THREADS)
    assert answers.count(None) == 1
    assert {type(answer) for answer in answers} == {type(None), errors.AlreadyReleased}
    assert Activity.objects.count() == 1
    assert Letter.objects.filter(kind="proposal_accepted").count() == 1


def test_without_the_lock_it_would_be_more(monkeypatch):
    """The twin: the same, with the row not held and a moment between looking and writing."""
    secretary = cast.secretary()
    proposal = making.sent()
    decision = making.decision(proposal, secretary)
    monkeypatch.setattr(
        Decision.objects, "select_for_update", lambda **_o: Decision.objects.all(), raising=False
    )

    def not_held(one):
        held = Proposal.objects.get(pk=one.pk)
        time.sleep(0.05)
        return held

    for module in (deciding, moving):
        monkeypatch.setattr(module, "lock", not_held)

    def releasing():
        try:
            return reviewing.release(decisions=[decision], by=secretary)[0][1]
        except Exception as broken:  # the database's constraints stop what the lock no longer orders
            return broken

    answers = at_once([releasing] * 4, threads=4)
    went_through = answers.count(None)
    assert went_through > 1 or any(
        answer is not None and not isinstance(answer, errors.AlreadyReleased) for answer in answers
    )


def test_two_decisions_prepared_at_once_are_one():
    secretary, other = cast.secretary(), cast.secretary("Pau Vidal")
    proposal = making.sent()
    answers = at_once(
        [lambda: making.decision(proposal, secretary), lambda: making.decision(proposal, other, "declined")]
        * 4
    )
    assert sum(isinstance(answer, Decision) for answer in answers) == 1
    assert sum(isinstance(answer, errors.AlreadyPrepared) for answer in answers) == 7
    assert Decision.objects.count() == 1


def test_withdrawn_and_accepted_at_the_same_moment_is_one_of_both():
    secretary, amina = cast.secretary(), cast.person()
    for _round in range(5):
        proposal = making.sent(amina)
        decision = making.decision(proposal, secretary)
        at_once(
            [
                lambda p=proposal: actions.withdraw(proposal=p, by=amina),
                lambda d=decision: reviewing.release(decisions=[d], by=secretary),
            ]
        )
        proposal.refresh_from_db()
        states = list(proposal.history.filter(deed="moved").values_list("to_state", flat=True))
        assert states in (["submitted", "withdrawn"], ["submitted", "accepted"])
        assert states[-1] == proposal.state
        assert (proposal.activity is not None) == (proposal.state == "accepted")


def test_two_reviewers_at_once_do_not_undo_each_other():
    secretary = cast.secretary()
    reviewers = [making.reviewer(f"R {i}") for i in range(8)]
    proposal = making.sent()
    for reviewer in reviewers:
        reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)

    def scoring(position):
        scores = dict.fromkeys(ALL_WELL, position % 5)
        return lambda: reviewing.finish_review(
            proposal=proposal, by=reviewers[position], scores=scores, to_colleagues=f"From {position}"
        )

    at_once(scoring(position) for position in range(8))
    for position, reviewer in enumerate(reviewers):
        review = proposal.reviews.get(reviewer=reviewer)
        assert review.to_colleagues == f"From {position}"
        assert {score.value for score in review.scores.all()} == {position % 5}


def test_shared_out_by_many_at_once_each_proposal_has_its_two_readers():
    secretary = cast.secretary()
    for number in range(6):
        making.reviewer(f"R {number}")
    proposals = [making.sent(who) for who in cast.people(6)]
    given = at_once([lambda: reviewing.share_out(proposals=proposals, by=secretary)] * 8)
    assert sum(given) == 12
    assert {proposal.reviews.count() for proposal in proposals} == {2}
    told = Letter.objects.filter(kind="proposal_assigned").count()
    # Who gives it to herself needs no letter.
    assert told + sum(proposal.reviews.filter(reviewer=secretary).count() for proposal in proposals) == 12
