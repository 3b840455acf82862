"""Two at once, who write and send. Those who read and decide: tests/reviews/test_races.py."""

import threading
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from outbox.models import Letter
from proposals import actions
from proposals.models import Call, Proposal, Revision
from tests import cast
from tests.at_once import THREADS, at_once
from tests.waiting import PATIENCE

from . import making

pytestmark = pytest.mark.django_db(transaction=True)


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
