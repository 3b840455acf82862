"""Who may open which address of a proposal, and who may change what there; how others are turned away."""

import pytest

from proposals.models import Decision, Review
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
