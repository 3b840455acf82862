"""What its proposers see once their idea became an activity."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Activity
from outbox.models import Letter
from proposals import actions
from reviews import actions as reviewing
from tests import cast

from . import making
from .people import made_people, people  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return cast.secretary()


def test_published_is_followed_once(secretary):
    proposal = making.sent()
    reviewing.release(decisions=[making.decision(proposal, secretary, starts_at=making.NOON)], by=secretary)
    assert actions.follow() == 0
    proposal.refresh_from_db()
    Activity.objects.filter(pk=proposal.activity_id).update(published_at=making.NOON)
    assert (actions.follow(), actions.follow()) == (1, 0)
    proposal.refresh_from_db()
    assert proposal.state == "became_activity"
    assert Letter.objects.filter(kind="proposal_published").count() == 1


def test_the_proposer_sees_numbers_of_what_became_of_it(client, people):  # noqa: F811
    proposal, cast_of = people
    decision = making.decision(proposal, cast_of["secretary"], starts_at=timezone.now() + timedelta(days=30))
    reviewing.release(decisions=[decision], by=cast_of["secretary"])
    proposal.refresh_from_db()
    type(proposal.activity).objects.filter(pk=proposal.activity_id).update(published_at=timezone.now())
    session = proposal.activity.sessions.get()
    for number in range(3):
        cast.register(session, cast.person(f"Zzguest {number}"))
    client.force_login(cast_of["proposer"])
    text = client.get(f"/proposals/{proposal.code}/").text
    assert "<td>3</td>" in text
    assert "Zzguest" not in text
    page = client.get(proposal.activity.get_absolute_url()).text
    assert "Proposed by" in page
    assert "Dakar" in page
