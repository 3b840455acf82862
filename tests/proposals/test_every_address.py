"""How who comes without a form, or without being signed in, is led on. Who is let in where: tests/doors/table.csv."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from proposals import actions
from proposals.urls import urlpatterns

from . import making
from .people import made_people, people  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


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
LEAD_TO = {"new_file": "step"}


def test_without_a_form_one_is_led_to_where_it_is(client, people, addresses):  # noqa: F811
    _proposal, cast_of = people
    client.force_login(cast_of["secretary"])
    addresses["step"] = addresses["step"].replace("/idea/", "/files/")
    for name, page in LEAD_TO.items():
        assert client.get(addresses[name]).url == addresses[page]
        assert client.get(f"/fr{addresses[name]}").url == f"/fr{addresses[page]}"
        assert client.put(addresses[name]).status_code == 405


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
