"""What the pages of the desk find, show and count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals import actions
from proposals.models import Proposal
from reviews import actions as reviewing
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL

pytestmark = pytest.mark.django_db


def test_the_board_finds_by_state_topic_region_host_age_and_what_waits(client):
    now = timezone.now()
    secretary = cast.secretary()
    old = making.sent(cast.person("A A"), title="Old one", now=now - timedelta(days=20))
    new = making.sent(
        cast.person("B B"), title="New one", topics=[cast.topic("Safety").slug], host=cast.host("cairo").slug
    )
    gone = making.sent(
        cast.person("C C"), title="Gone one", organization=None, organization_other="Elsewhere"
    )
    actions.withdraw(proposal=gone, by=gone.person)
    making.draft(cast.person("D D"))
    client.force_login(secretary)

    def shown(**asked):
        text = client.get("/proposals/desk/board/", asked).text
        return {one.title for one in (old, new, gone) if f"/proposals/desk/{one.code}/" in text}

    assert shown() == {"Old one", "New one", "Gone one"}
    assert shown(state="submitted") == {"Old one", "New one"}
    assert shown(topic="safety") == {"New one"}
    assert shown(region="africa") == {"Old one", "New one"}
    assert shown(host="cairo") == {"New one"}
    assert shown(age="7") == {"Old one"}
    assert shown(waits="1") == {"Old one"}
    assert shown(call="none") == {"Old one", "New one", "Gone one"}
    assert shown(q="Elsewhere") == {"Gone one"}
    actions.write_message(
        proposal=new, text="Any news?", by=new.person, from_desk=False, now=now - timedelta(days=8)
    )
    assert shown(waits="1") == {"Old one", "New one"}


def test_lists_cost_the_same_for_three_as_for_one(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    secretary = cast.secretary()
    client.force_login(secretary)
    counts = []
    for wanted in (1, 4):
        while Proposal.objects.count() < wanted:
            one = making.sent(cast.person(f"P {Proposal.objects.count()}"), call=making.call())
            reviewer = making.reviewer(f"R {one.pk}")
            reviewing.assign(proposal=one, reviewer=reviewer, by=secretary)
            reviewing.finish_review(proposal=one, by=reviewer, scores=ALL_WELL)
        for page in ("/proposals/desk/board/", "/proposals/desk/?show=all"):
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(page)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_drafts_of_nobody_go_after_a_year_and_no_sooner():
    from proposals.forgetting import forget_nobodys_drafts

    now = timezone.now()
    old = making.draft(now=now - timedelta(days=366))
    making.draft(now=now - timedelta(days=364))
    making.draft(cast.person(), now=now - timedelta(days=800))
    assert forget_nobodys_drafts(now=now) == 1
    assert not Proposal.objects.filter(pk=old.pk).exists()
    assert Proposal.objects.count() == 2


def test_every_version_shows_what_it_changed(client):
    amina, secretary = cast.person(), cast.secretary()
    proposal = making.sent(amina, title="Night buses, first")
    for title in ("Night buses, second", "Night buses, third"):
        content = making.content(title=title)
        actions.send_again(proposal=proposal, content=content, by=amina)
    client.force_login(secretary)
    text = client.get(f"/proposals/desk/{proposal.code}/").text
    assert "<del>first</del><ins>second</ins>" in text
    assert "<del>second</del><ins>third</ins>" in text
    assert text.index("Version 3") < text.index("Version 2")


def test_the_queue_opens_on_what_waits_for_me_or_else_on_what_came_to_my_host(client):
    coordinator = cast.coordinator(cast.host("seoul"), member=False)
    came = making.sent(title="Sent to Seoul", host="seoul")
    client.force_login(coordinator)
    assert came.code in client.get("/proposals/desk/").text
    given = making.sent(cast.person("B B"), title="Given to read", host="seoul")
    reviewing.assign(proposal=given, reviewer=coordinator, by=cast.secretary())
    text = client.get("/proposals/desk/").text
    assert (given.code in text, came.code in text) == (True, False)
    assert came.code in client.get("/proposals/desk/?show=open").text
