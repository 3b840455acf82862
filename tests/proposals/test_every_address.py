"""Every address of the room, asked by everyone, looking and pressing: who is let in, and who is turned away."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from proposals import actions
from proposals.urls import urlpatterns

from . import making
from .test_pages_desk import people  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

ROLES = {
    "visitor",
    "stranger",
    "proposer",
    "co-proposer",
    "asked only",
    "reviewer",
    "seoul",
    "cairo",
    "in conflict",
    "reader",
    "secretary",
    "no second factor",
}
NOBODY: set[str] = set()
PROPOSERS = {"proposer", "co-proposer"}
DESK = {"reviewer", "seoul", "cairo", "in conflict", "reader", "secretary"}
READ_THIS_ONE = {"seoul", "reader", "secretary"}
# Of a proposal that was sent to Seoul: who may look (GET), and who may press (POST).
LET_IN = {
    "new": (ROLES, NOBODY),
    "start": (ROLES, ROLES),
    "mine": (ROLES, NOBODY),
    "similar": (ROLES, NOBODY),
    "call": (ROLES, NOBODY),
    # A link that nobody was given opens nothing for anybody.
    "confirmation": (NOBODY, NOBODY),
    "continuing": (NOBODY, NOBODY),
    "joining": (NOBODY, NOBODY),
    "proposal": (PROPOSERS, NOBODY),
    "step": (PROPOSERS, PROPOSERS),
    "sending": (PROPOSERS, PROPOSERS),
    "new_file": (NOBODY, PROPOSERS),
    "file": (PROPOSERS, PROPOSERS),
    "message": (PROPOSERS, PROPOSERS),
    "co_proposers": (PROPOSERS, PROPOSERS),
    "leave_call": (PROPOSERS, PROPOSERS),
    "withdrawal": ({"proposer"}, {"proposer"}),
    "continuation": (NOBODY, NOBODY),  # for drafts of nobody
    "deletion": (NOBODY, NOBODY),  # for drafts
    "desk": (DESK, NOBODY),
    "desk_proposal": (READ_THIS_ONE, NOBODY),
    "desk_file": (READ_THIS_ONE, NOBODY),
    "review": (NOBODY, {"seoul", "secretary"}),
    "conflict": (NOBODY, {"seoul", "secretary"}),
    "desk_message": (NOBODY, {"seoul", "secretary"}),
    "board": ({"reader", "secretary"}, NOBODY),
    "decisions": ({"reader", "secretary"}, {"secretary"}),
    "export": (NOBODY, {"secretary"}),
    "share_out": (NOBODY, {"secretary"}),
    "reviewers": (NOBODY, {"secretary"}),
    "changes": (NOBODY, {"secretary"}),
    "decision": (NOBODY, {"secretary"}),
}


@pytest.fixture
def addresses(people):  # noqa: F811
    cache.clear()
    proposal, cast_of = people
    call = making.call()
    note = actions.attach(
        proposal=proposal, file=SimpleUploadedFile("note.pdf", b"%PDF-1.7"), by=cast_of["proposer"]
    )
    content = proposal.revisions.last().content | {"attachments": [note.pk]}
    actions.send_again(proposal=proposal, content=content, by=cast_of["proposer"])
    values = {"code": proposal.code, "pk": note.pk, "slug": call.slug, "token": "made-up", "name": "idea"}
    return {
        pattern.name: reverse(
            f"proposals:{pattern.name}",
            kwargs={name: values[name] for name in pattern.pattern.converters},
        )
        for pattern in urlpatterns
    }


# What only takes a form: whoever comes without one is led to the page where it is.
LEAD_TO = {
    "new_file": "step",
    "share_out": "board",
    "export": "board",
    **dict.fromkeys(
        ["review", "conflict", "desk_message", "reviewers", "changes", "decision"], "desk_proposal"
    ),
}


def test_without_a_form_one_is_led_to_where_it_is(client, people, addresses):  # noqa: F811
    _proposal, cast_of = people
    client.force_login(cast_of["secretary"])
    addresses["step"] = addresses["step"].replace("/idea/", "/files/")
    for name, page in LEAD_TO.items():
        assert client.get(addresses[name]).url == addresses[page]
        assert client.get(f"/fr{addresses[name]}").url == f"/fr{addresses[page]}"
        assert client.put(addresses[name]).status_code == 405


def is_let_in(answer) -> bool:
    at_the_door = answer.status_code == 302 and answer.url.startswith(("/accounts/login/", "/accounts/2fa/"))
    if answer.streaming:
        making.read(answer)
    return not at_the_door and answer.status_code not in (403, 404, 405, 410)


def test_no_address_is_forgotten():
    assert set(LET_IN) == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("who", sorted(ROLES))
def test_each_is_let_in_where_they_belong_and_nowhere_else(client, people, addresses, who):  # noqa: F811
    _proposal, cast_of = people
    assert set(cast_of) == ROLES
    if cast_of[who]:
        client.force_login(cast_of[who])
    pages = {name: address for name, address in addresses.items() if name not in LEAD_TO}
    looked = {name for name, address in pages.items() if is_let_in(client.get(address))}
    assert looked == {name for name, (may_look, _press) in LET_IN.items() if who in may_look}
    pressed = set()
    for name, address in addresses.items():
        with transaction.atomic():  # each finds the proposal as it was
            if is_let_in(client.post(address)):
                pressed.add(name)
            transaction.set_rollback(True)
    assert pressed == {name for name, (_look, may_press) in LET_IN.items() if who in may_press}


def test_a_link_in_a_letter_leads_through_the_door_and_back(client, people):  # noqa: F811
    """On another device nobody is signed in: the page asks, and tells no more of what exists than of what does not."""
    proposal, cast_of = people
    page = f"/proposals/{proposal.code}/"
    door = client.get(page)
    assert (door.status_code, door.url) == (302, f"/accounts/login/?next={page}")
    assert client.get("/proposals/NBDY-NBDY/").status_code == 302
    client.force_login(cast_of["stranger"])
    assert client.get(page).status_code == 404
    client.force_login(cast_of["proposer"])
    assert client.get(page).status_code == 200


def test_who_only_looks_declares_no_interest_either(client, people):  # noqa: F811
    proposal, cast_of = people
    client.force_login(cast_of["reader"])
    assert client.post(f"/proposals/desk/{proposal.code}/conflict/", {"why": "x"}).status_code == 403
    assert not proposal.reviews.filter(reviewer=cast_of["reader"]).exists()
