"""What is alike is shown while one writes, and of others' proposals no more than they show."""

import pytest
from django.core.cache import cache

from proposals import actions
from tests import cast

from . import making
from .at_the_pages import IDEA, begin, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean_slate():
    cache.clear()  # the limits count across tests
    cast.topic("Mobility")


def test_alike_is_shown_while_one_types_and_after_saving(client):
    cast.activity("Night buses that people trust")
    cast.activity("Water in dense cities")
    cast.activity("Night buses of tomorrow, a draft", published=False)
    making.sent(cast.person(), title="Night bus networks", is_public=True, aim="Others may know.")
    making.sent(cast.person(), title="Night bus secrets", is_public=False)
    text = client.get("/proposals/similar/?title=Night+busses").text
    assert "Night buses that people trust" in text
    assert "Night bus networks" in text
    for hidden in ("Water", "draft", "secrets"):
        assert hidden not in text
    _answer, proposal = begin(client)
    post(client, proposal, "idea", IDEA | {"title": "Night buses"})
    assert "Night buses that people trust" in client.get(f"/proposals/{proposal.code}/text/how/").text


def test_what_is_asked_of_the_pages_does_not_grow_with_what_there_is(client, django_assert_num_queries):
    for i in range(3):
        cast.activity(f"Night buses {i}")
        making.sent(cast.person(f"P {i}"), title=f"Night trains {i}", is_public=True)
    with django_assert_num_queries(4):  # three to find, one for the address to write to
        client.get("/proposals/similar/?title=Night+buses+and+trains")


def test_ones_own_proposal_is_not_alike_and_anothers_has_a_number_to_ask_for(client):
    host = cast.host("cairo")
    type(host).objects.filter(pk=host.pk).update(kind="secretariat", email="office@metropolis.example")
    amina = cast.person("Amina Diallo")
    proposal = making.sent(amina, title="Night buses in Dakar", is_public=True)
    for state_of_it in ("shown", "own", "withdrawn"):
        but = proposal.code if state_of_it == "own" else ""
        if state_of_it == "withdrawn":
            actions.withdraw(proposal=proposal, by=amina)
        text = client.get("/proposals/similar/", {"title": "Night buses", "but": but}).text
        assert (proposal.code in text) == (state_of_it == "shown")
        assert ("office@metropolis.example" in text) == (state_of_it == "shown")
        assert "Amina" not in text
        assert "city.example" not in text
    quiet = making.sent(cast.person("B B"), title="Night buses in Seoul")
    assert quiet.code not in client.get("/proposals/similar/", {"title": "Night buses"}).text
