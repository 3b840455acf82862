"""Who is given what to read, and what their scores come to."""

import pytest

from proposals.criteria import criteria_of
from reviews import actions as reviewing
from reviews import errors
from reviews.verdicts import verdicts
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return cast.secretary()


def test_scores_weigh_what_their_criteria_weigh_and_a_conflict_takes_them_out(secretary):
    proposal = making.sent()
    one, two = making.reviewer("R One"), making.reviewer("R Two")
    for reviewer, value in [(one, 4), (two, 0)]:
        reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
        reviewing.finish_review(
            proposal=proposal, by=reviewer, scores=dict.fromkeys(ALL_WELL, 2) | {"need": value}
        )
    assert verdicts(proposal).average == pytest.approx(2)
    assert verdicts(proposal).highest == pytest.approx((2 * 11 + 4 * 3) / 14)
    reviewing.declare_conflict(proposal=proposal, by=two, why="My cousin.")
    assert verdicts(proposal).count == 1
    with pytest.raises(errors.ConflictOfInterest):
        reviewing.finish_review(proposal=proposal, by=two, scores=ALL_WELL)


def test_a_review_without_all_scores_is_kept_and_does_not_count(secretary):
    proposal = making.sent()
    reviewer = making.reviewer()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    review = reviewing.finish_review(
        proposal=proposal, by=reviewer, scores={"need": 4}, to_colleagues="So far."
    )
    assert review.finished_at is None
    assert verdicts(proposal).count == 0
    assert review.to_colleagues == "So far."


def test_a_calls_own_criteria_count_there(secretary):
    call = making.call()
    call.criteria.create(name="Night", words="Is it about the night?", weight=3)
    call.criteria.create(name="Day", words="Is it not about the day?", weight=1)
    proposal = making.sent(call=call)
    reviewer = making.reviewer()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    night, day = (one.key for one in criteria_of(call))
    reviewing.finish_review(proposal=proposal, by=reviewer, scores={night: 4, day: 0})
    assert verdicts(proposal).average == pytest.approx(3)


def test_sharing_out_is_even_and_skips_who_has_an_interest(secretary):
    reviewers = [making.reviewer(f"R {i}") for i in range(3)]
    same_city = making.reviewer("From Dakar")
    same_city.organization = cast.organization()
    same_city.save()
    seoul = cast.coordinator()
    proposals = [making.sent(cast.person(f"P {i}")) for i in range(6)]
    assert reviewing.share_out(proposals=proposals, by=secretary, each=2) == 12
    load = {who.name: who.proposal_reviews.count() for who in [*reviewers, same_city, seoul, secretary]}
    # Seoul was not asked; whoever acts for Dakar does not read what Dakar proposes.
    assert load == {"R 0": 3, "R 1": 3, "R 2": 3, "From Dakar": 0, "Jiwoo Han": 0, "Marta Soler": 3}
    assert reviewing.share_out(proposals=proposals, by=secretary, each=2) == 0
