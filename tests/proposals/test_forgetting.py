"""What goes by itself, and what goes with its person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Letter
from proposals.models import Proposal
from tests import cast

from . import making
from .people import made_people, people  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_drafts_of_nobody_go_after_a_year_and_no_sooner():
    from proposals.forgetting import forget_nobodys_drafts

    now = timezone.now()
    old = making.draft(now=now - timedelta(days=366))
    making.draft(now=now - timedelta(days=364))
    making.draft(cast.person(), now=now - timedelta(days=800))
    assert forget_nobodys_drafts(now=now) == 1
    assert not Proposal.objects.filter(pk=old.pk).exists()
    assert Proposal.objects.count() == 2


def test_erasing_the_person_takes_their_name_out(client, people):  # noqa: F811
    from accounts.erasing import erase_person

    proposal, cast_of = people
    draft = making.draft(cast_of["proposer"])
    erase_person(person=cast_of["proposer"], by=cast_of["proposer"])
    assert not Proposal.objects.filter(pk=draft.pk).exists()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.contact_name, proposal.contact_email) == ("withdrawn", "", "")
    for revision in proposal.revisions.all():
        assert "Amina" not in str(revision.content)
    assert not Letter.objects.filter(to=cast_of["proposer"].email).exists()
