"""Every way from state to state is tried by everyone: what the table does not allow is refused and leaves no line."""

import pytest

from proposals import actions, errors
from proposals.models import HistoryLine
from proposals.states import MOVES, Mover, State
from reviews import actions as reviewing
from tests import cast

from . import making

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("from_state", State)
def test_a_move_is_made_by_whom_the_table_names_and_refused_otherwise(from_state, to):
    proposal = making.sent()
    for mover in Mover:
        type(proposal).objects.filter(pk=proposal.pk).update(state=from_state)
        lines = proposal.history.count()
        if mover in MOVES.get((from_state, to), set()):
            moved = actions.move(proposal=proposal, to=to, mover=mover, by=proposal.person, why="because")
            assert moved.state == to
            line = proposal.history.last()
            assert (line.from_state, line.to_state, line.by, line.why) == (
                from_state,
                to,
                proposal.person,
                "because",
            )
            assert proposal.history.count() == lines + 1
        else:
            with pytest.raises(errors.NotAllowed):
                actions.move(proposal=proposal, to=to, mover=mover, by=proposal.person)
            proposal.refresh_from_db()
            assert proposal.state == from_state
            assert proposal.history.count() == lines


def test_nothing_leaves_a_state_that_is_the_end():
    assert {start for start, _end in MOVES}.isdisjoint(
        {State.DECLINED, State.WITHDRAWN, State.BECAME_ACTIVITY}
    )


def test_the_history_tells_the_whole_way():
    secretary, amina = cast.secretary(), cast.person()
    proposal = making.sent(amina)
    reviewing.assign(proposal=proposal, reviewer=making.reviewer(), by=secretary)
    reviewing.ask_for_changes(proposal=proposal, what="Say who drives.", by=secretary)
    actions.send_again(proposal=proposal, content=making.content(outline="Drivers speak."), by=amina)
    reviewing.release(
        decisions=[making.decision(proposal, secretary, "declined", reasons="Too narrow.")], by=secretary
    )
    told = list(
        proposal.history.filter(deed=HistoryLine.Deed.MOVED).values_list("to_state", "by_proposer", "why")
    )
    assert told == [
        ("submitted", True, ""),
        ("in_review", False, ""),
        ("changes_asked", False, "Say who drives."),
        ("in_review", True, ""),
        ("declined", False, "Too narrow."),
    ]
