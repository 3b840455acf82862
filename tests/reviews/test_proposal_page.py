"""One proposal on one screen: what it shows to whom, and what its forms do."""

import pytest

from outbox.models import Letter
from proposals import actions
from proposals.content import STEPS
from proposals.models import Decision
from reviews import actions as reviewing
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL
from tests.proposals.people import made_people, people  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_colleagues_scores_show_once_ones_own_are_given(client, people):  # noqa: F811
    proposal, cast_of = people
    other = making.reviewer("Other One")
    reviewing.assign(proposal=proposal, reviewer=other, by=cast_of["secretary"])
    reviewing.finish_review(proposal=proposal, by=other, scores=ALL_WELL, to_colleagues="Zzcolleague")
    client.force_login(cast_of["seoul"])
    page = f"/proposals/desk/{proposal.code}/"
    assert "Zzcolleague" not in client.get(page).text
    client.post(f"{page}review/", dict.fromkeys(ALL_WELL, "2"))
    assert "Zzcolleague" in client.get(page).text


def test_questions_speak_to_the_proposer_and_not_to_who_reads(client, people):  # noqa: F811
    proposal, cast_of = people
    client.force_login(cast_of["proposer"])
    assert "Your post" in client.get(f"/proposals/{proposal.code}/").text
    client.force_login(cast_of["secretary"])
    read = client.get(f"/proposals/desk/{proposal.code}/").text
    assert "Who proposes" in read
    labels = [str(words) for step in STEPS for words in (step.title, *(item.label for item in step.items))]
    speaking = [words for words in labels if {"you", "your"} & set(words.lower().split())]
    assert len(speaking) >= 10
    assert [words for words in speaking if f">{words}</" in read] == []


def test_a_change_is_shown_as_a_difference(client, people):  # noqa: F811
    proposal, cast_of = people
    reviewing.ask_for_changes(proposal=proposal, what="More.", by=cast_of["secretary"])
    actions.send_again(
        proposal=proposal,
        content=making.content(host="seoul", aim="Officials leave with a plan for two lines."),
        by=cast_of["proposer"],
    )
    client.force_login(cast_of["secretary"])
    text = client.get(f"/proposals/desk/{proposal.code}/").text
    assert "<del>one</del><ins>two</ins>" in text
    assert "<del>line.</del><ins>lines.</ins>" in text


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


def test_prepared_and_told_through_the_pages(client, people):  # noqa: F811
    proposal, cast_of = people
    client.force_login(cast_of["secretary"])
    page = f"/proposals/desk/{proposal.code}/"
    fields = {"decision-verdict": "accepted", "decision-reasons": "Good."}
    assert client.post(f"{page}decision/", fields).status_code == 422  # no host
    fields |= {"decision-host": cast.host("seoul").pk, "decision-starts_at": "2077-05-04T10:00"}
    assert client.post(f"{page}decision/", fields).status_code == 302
    decision = Decision.objects.get()
    assert decision.starts_at.isoformat() == "2077-05-04T01:00:00+00:00"  # ten o'clock in Seoul
    client.post("/proposals/desk/decisions/", {"decision": decision.pk})
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    assert Letter.objects.filter(kind="proposal_accepted").count() == 2  # one to each who proposes
    client.force_login(cast_of["proposer"])
    text = client.get(f"/proposals/{proposal.code}/").text
    assert "Good." in text
    assert "What became of it" in text
