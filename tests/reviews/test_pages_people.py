"""Who may open which address, how others are turned away, and what reading and deciding through the pages does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Letter
from proposals import actions
from proposals.content import STEPS
from proposals.models import Decision, Proposal, Review
from reviews import actions as reviewing
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL
from tests.proposals.people import made_people, people  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

GETS = {
    "mine": "/proposals/{code}/",
    "sending": "/proposals/{code}/sending/",
    "text": "/proposals/{code}/text/idea/",
    "co-proposers": "/proposals/{code}/co-proposers/",
    "withdrawal": "/proposals/{code}/withdrawal/",
    "queue": "/proposals/desk/",
    "one": "/proposals/desk/{code}/",
    "board": "/proposals/desk/board/",
    "decisions": "/proposals/desk/decisions/",
}
# What each may open of a proposal that was sent to Seoul: 200, or how they are turned away. 302 leads to the door.
MAY = {
    "visitor": dict(zip(GETS, [302, 302, 302, 302, 302, 302, 302, 302, 302], strict=True)),
    "stranger": dict(zip(GETS, [404, 404, 404, 404, 404, 403, 403, 403, 403], strict=True)),
    "proposer": dict(zip(GETS, [200, 200, 200, 200, 200, 403, 403, 403, 403], strict=True)),
    "co-proposer": dict(zip(GETS, [200, 200, 200, 200, 403, 403, 403, 403, 403], strict=True)),
    "asked only": dict(zip(GETS, [404, 404, 404, 404, 404, 403, 403, 403, 403], strict=True)),
    "reviewer": dict(zip(GETS, [404, 404, 404, 404, 404, 200, 404, 403, 403], strict=True)),
    "seoul": dict(zip(GETS, [404, 404, 404, 404, 404, 200, 200, 403, 403], strict=True)),
    "cairo": dict(zip(GETS, [404, 404, 404, 404, 404, 200, 404, 403, 403], strict=True)),
    "in conflict": dict(zip(GETS, [404, 404, 404, 404, 404, 200, 404, 403, 403], strict=True)),
    "reader": dict(zip(GETS, [404, 404, 404, 404, 404, 200, 200, 200, 200], strict=True)),
    "secretary": dict(zip(GETS, [404, 404, 404, 404, 404, 200, 200, 200, 200], strict=True)),
    "no second factor": dict(zip(GETS, [404, 404, 404, 404, 404, 302, 302, 302, 302], strict=True)),
}


@pytest.mark.parametrize("who", MAY)
def test_each_opens_what_is_theirs_and_nothing_else(client, people, who):  # noqa: F811
    proposal, cast_of = people
    if cast_of[who]:
        client.force_login(cast_of[who])
    found = {
        name: client.get(address.format(code=proposal.code)).status_code for name, address in GETS.items()
    }
    assert found == MAY[who]


POSTS = {
    "review": ("review/", dict.fromkeys(ALL_WELL, "3"), {"seoul", "secretary"}),
    "message": ("messages/", {"message-text": "Hello."}, {"seoul", "secretary"}),
    "changes": ("changes/", {"changes-reasons": "More."}, {"secretary"}),
    "decision": (
        "decision/",
        {"decision-verdict": "declined", "decision-reasons": "Too narrow."},
        {"secretary"},
    ),
}


@pytest.mark.parametrize("noun", POSTS)
@pytest.mark.parametrize("who", MAY)
def test_each_changes_what_is_theirs_and_nothing_else(client, people, who, noun):  # noqa: F811
    proposal, cast_of = people
    if cast_of[who]:
        client.force_login(cast_of[who])
    address, fields, may = POSTS[noun]
    answer = client.post(f"/proposals/desk/{proposal.code}/{address}", fields)
    went_through = answer.status_code == 302 and not answer.url.startswith(
        ("/accounts/login/", "/accounts/2fa/")
    )
    assert went_through == (who in may)
    proposal.refresh_from_db()
    changed = (
        proposal.state != "submitted"
        or Decision.objects.exists()
        or proposal.messages.exists()
        or Review.objects.finished().exists()
    )
    assert changed == (who in may)


@pytest.mark.parametrize("who", [one for one in MAY if one != "secretary"])
@pytest.mark.parametrize("noun", ["board/assignments/", "decisions/"])
def test_sharing_out_and_telling_are_for_who_decides(client, people, who, noun):  # noqa: F811
    proposal, cast_of = people
    decision = making.decision(proposal, cast_of["secretary"])
    if cast_of[who]:
        client.force_login(cast_of[who])
    fields = {"proposal": proposal.pk, "decision": decision.pk}
    assert client.post(f"/proposals/desk/{noun}", fields).status_code in (302, 403)
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_a_conflict_of_interest_hides_it_at_once(client, people):  # noqa: F811
    proposal, cast_of = people
    client.force_login(cast_of["seoul"])
    assert proposal.title in client.get("/proposals/desk/?show=open").text
    client.post(f"/proposals/desk/{proposal.code}/conflict/", {"why": "My cousin."})
    assert proposal.title not in client.get("/proposals/desk/?show=all").text
    assert client.get(f"/proposals/desk/{proposal.code}/").status_code == 404


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
