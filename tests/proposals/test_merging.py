"""Two accounts of one person stood at one proposal: who proposes with others is told, and written to, once."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from merging.actions import merge_people
from merging.undoing import undo_merge
from proposals.letters import proposers
from proposals.models import CoProposer, Proposal
from tests import cast

from . import making

pytestmark = pytest.mark.django_db


def with_others(proposer: User, *others: User) -> Proposal:
    proposal = making.sent(proposer)
    CoProposer.objects.bulk_create(
        CoProposer(proposal=proposal, email=one.email, person=one, confirmed_at=timezone.now())
        for one in others
    )
    return proposal


@pytest.mark.parametrize(
    "at_it", ["both with others", "the one that goes proposes", "the one that stays does"]
)
def test_who_was_there_twice_is_there_once(client: Client, at_it: str) -> None:
    kept, gone, third, by = (
        cast.person("Amina Diallo"),
        cast.person("A. Diallo"),
        cast.person("Renu Pillai"),
        cast.secretary(),
    )
    proposal = {
        "both with others": lambda: with_others(third, kept, gone),
        "the one that goes proposes": lambda: with_others(gone, kept, third),
        "the one that stays does": lambda: with_others(kept, gone, third),
    }[at_it]()
    before = [one.pk for one in proposers(proposal)]
    merge = merge_people(kept=kept, gone=gone, by=by)

    proposal = Proposal.objects.get(pk=proposal.pk)
    assert sorted(one.pk for one in proposers(proposal)) == sorted([kept.pk, third.pk])
    client.force_login(kept)
    for page in (proposal.get_absolute_url(), f"{proposal.get_absolute_url()}co-proposers/"):
        assert "A. Diallo" not in client.get(page).content.decode().partition("<main")[2]

    assert undo_merge(merge=merge, by=by) == []
    assert [one.pk for one in proposers(Proposal.objects.get(pk=proposal.pk))] == before
