"""Two at once: real threads, each with its own connection to PostgreSQL. Twins show the race when the lock is taken out."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from catalog.models import Activity
from outbox.models import Letter
from proposals import actions
from proposals.actions import moving
from proposals.models import Call, Decision, Proposal, Revision
from reviews import actions as reviewing
from reviews import errors
from reviews.actions import deciding
from tests import cast
from tests.waiting import PATIENCE

from . import making
from .making import ALL_WELL

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 16


def at_once(calls: Iterable[Callable], threads: int = THREADS) -> list:
    """Do all calls in so many threads. Answers what they answered, refusals included."""

    def closing(call: Callable):
        try:
            return call()
        except errors.Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(closing, calls))


def test_eighty_send_from_sixteen_threads_and_nothing_is_lost():
    crowd = cast.people(80)
    drafts = [making.draft(who) for who in crowd]
    content = making.content()

    def sending(position):
        return lambda: actions.send(
            proposal=drafts[position], content=content | {"title": f"Idea {position}"}, by=crowd[position]
        )

    answers = at_once(sending(position) for position in range(80))

    assert all(isinstance(answer, Proposal) for answer in answers)
    assert Proposal.objects.filter(state="submitted").count() == 80
    assert set(Revision.objects.values_list("content__title", flat=True)) == {f"Idea {i}" for i in range(80)}
    to = list(Letter.objects.filter(kind="proposal_received").values_list("person", flat=True))
    assert sorted(to) == sorted(who.pk for who in crowd)
    assert len(set(Proposal.objects.values_list("code", flat=True))) == 80


def test_the_same_draft_sent_sixteen_times_is_sent_once():
    amina = cast.person()
    proposal = making.draft(amina)
    at_once([lambda: actions.send(proposal=proposal, content=making.content(), by=amina)] * THREADS)
    assert proposal.revisions.count() == 1
    assert proposal.history.count() == 1
    assert Letter.objects.filter(kind="proposal_received").count() == 1


def test_begun_twice_by_an_impatient_click_is_one_draft():
    at_once([lambda: actions.start(start_key="same", typed={"title": "Night"}, by=None)] * THREADS)
    assert Proposal.objects.count() == 1


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


def test_sent_while_the_call_closes_is_in_or_out_and_never_in_between():
    secretary = cast.secretary()
    call = making.call()
    crowd = cast.people(40)
    # None of them had begun before the call closes: no hour of grace hides the edge.
    drafts = [making.draft(who, call=call, now=call.closes_at) for who in crowd]
    content = making.content()
    ready = threading.Barrier(THREADS, timeout=PATIENCE)

    def sending(position):
        def send():
            if position < THREADS - 1:
                ready.wait()
            return actions.send(proposal=drafts[position], content=content, by=crowd[position])

        return send

    def closing():
        ready.wait()
        return actions.close_call(call=call, by=secretary)

    calls = [sending(position) for position in range(THREADS - 1)] + [closing]
    calls += [sending(position) for position in range(THREADS - 1, 40)]
    at_once(calls)

    closed_at = Call.objects.get(pk=call.pk).closes_at
    sent = Proposal.objects.filter(state="submitted")
    assert all(one.submitted_at < closed_at for one in sent)
    assert Proposal.objects.filter(state="draft").count() == 40 - sent.count()
    assert Letter.objects.filter(kind="proposal_received").count() == sent.count()
    assert not Proposal.objects.filter(state="draft", draft={}).exists()  # nobody's text is gone


def test_five_co_proposers_at_most_also_when_asked_at_once():
    amina = cast.person()
    proposal = making.draft(amina)
    at_once(
        lambda i=i: actions.invite_co_proposer(proposal=proposal, email=f"friend{i}@city.example", by=amina)
        for i in range(16)
    )
    assert proposal.co_proposers.count() == 5


def test_typing_in_many_windows_keeps_every_version_number():
    proposal = making.draft()
    at_once(lambda i=i: actions.keep(proposal=proposal, typed={f"field{i}": "x"}, by=None) for i in range(32))
    proposal.refresh_from_db()
    assert proposal.version == 33
    assert {f"field{i}" for i in range(32)} <= proposal.draft.keys()


def test_forty_visitors_write_through_the_pages_at_once():
    cache.clear()

    def writing(position):
        def write():
            client = Client(REMOTE_ADDR=f"10.0.0.{position}")
            key = signing.dumps(f"key {position}", salt="proposals.start")
            answer = client.post(
                "/proposals/new/form/",
                {"start_key": key, "contact_name": f"Visitor {position}", "go": "later"},
            )
            return answer.status_code

        return write

    assert at_once(writing(position) for position in range(40)) == [302] * 40
    names = {one["contact_name"] for one in Proposal.objects.values_list("draft", flat=True)}
    assert names == {f"Visitor {position}" for position in range(40)}


def test_late_moments():
    """A draft begun a second before the close keeps its hour, whoever looks at which clock."""
    call = making.call(closes_in=timedelta(seconds=1))
    assert call.takes(
        started_at=call.closes_at - timedelta(seconds=1), now=call.closes_at + timedelta(minutes=59)
    )
    assert not call.takes(started_at=call.closes_at, now=call.closes_at + timedelta(seconds=1))
    assert not call.takes(started_at=timezone.now(), now=call.closes_at + timedelta(hours=1))
