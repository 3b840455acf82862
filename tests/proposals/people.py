"""Whoever has, or has not, to do with one proposal that was sent to Seoul."""

from copy import deepcopy

import pytest

from proposals import actions
from reviews import actions as reviewing
from tests import cast
from tests.made_once import made_once

from . import making


@pytest.fixture(scope="module")
def made_people(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield all_people()


@pytest.fixture
def people(made_people):
    return deepcopy(made_people)


def all_people():
    amina, friend, asked = cast.person("Amina Diallo"), cast.person("Lin Chen"), cast.person("Asked Only")
    # Of no member: who acts for the city that proposes would not review it.
    seoul = cast.coordinator(cast.host("seoul"), member=False)
    proposal = making.sent(amina, host="seoul")
    together = actions.invite_co_proposer(proposal=proposal, email=friend.email, by=amina)
    actions.join_as_co_proposer(asked=together)
    actions.invite_co_proposer(proposal=proposal, email=asked.email, by=amina)
    in_conflict = cast.coordinator(cast.host("seoul"), name="In Conflict")
    reviewing.declare_conflict(proposal=proposal, by=in_conflict)
    bare = cast.secretary("No Second")
    bare.authenticator_set.all().delete()
    return proposal, {
        "visitor": None,
        "stranger": cast.person("Stranger Else"),
        "proposer": amina,
        "co-proposer": friend,
        "asked only": asked,
        "reviewer": making.reviewer(),
        "seoul": seoul,
        "cairo": cast.coordinator(cast.host("cairo"), name="Nour Adel"),
        "in conflict": in_conflict,
        "reader": cast.reader(),
        "secretary": cast.secretary(),
        "no second factor": bare,
    }
