"""How who comes without a form is led on, and who only looks kept from saying more. Who is let in where:
tests/doors/table.csv."""

import pytest
from django.urls import reverse

from reviews.urls import urlpatterns
from tests.proposals.people import made_people, people  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(people):  # noqa: F811
    proposal, _cast_of = people
    values = {"code": proposal.code, "pk": 1}
    return {
        pattern.name: reverse(
            f"reviews:{pattern.name}",
            kwargs={name: values[name] for name in pattern.pattern.converters},
        )
        for pattern in urlpatterns
    }


# What only takes a form: whoever comes without one is led to the page where it is.
LEAD_TO = {
    "share_out": "board",
    "export": "board",
    **dict.fromkeys(["review", "conflict", "message", "reviewers", "changes", "decision"], "proposal"),
}


def test_without_a_form_one_is_led_to_where_it_is(client, people, addresses):  # noqa: F811
    _proposal, cast_of = people
    client.force_login(cast_of["secretary"])
    for name, page in LEAD_TO.items():
        assert client.get(addresses[name]).url == addresses[page]
        assert client.get(f"/fr{addresses[name]}").url == f"/fr{addresses[page]}"
        assert client.put(addresses[name]).status_code == 405


def test_who_only_looks_declares_no_interest_either(client, people):  # noqa: F811
    proposal, cast_of = people
    client.force_login(cast_of["reader"])
    assert client.post(f"/proposals/desk/{proposal.code}/conflict/", {"why": "x"}).status_code == 403
    assert not proposal.reviews.filter(reviewer=cast_of["reader"]).exists()
