"""What an address may hold, and what it may be asked for by."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from proposals import actions
from tests import cast
from tests.hubs.files import private_root  # noqa: F401 - a fixture
from tests.proposals import making
from tests.test_open_pages import every_page

from .things import pdf

pytestmark = pytest.mark.django_db

# In place of a code, a number or a name: what a browser sends for a zero byte, a line end, half a letter, a blank.
JUNK = ["%00", "a%00b", "%0A", "%ED%A0%80", "%20", "%E2%80%AE", "9" * 40, "x" * 3000]
PARAMETER = re.compile(r"<(?:\w+:)?\w+>")


def addresses_with_parameters() -> list[str]:
    """“/registrations/{}/”: of every address of the station, as it stands before anything is put in."""
    routes = {route for _name, route, _view in every_page() if "<" in route and "?P<" not in route}
    return sorted("/" + PARAMETER.sub("{}", route) for route in routes)


def test_nothing_in_an_address_makes_an_error() -> None:
    """As a visitor, and as somebody whom no door keeps from the database."""
    inside = Client()
    inside.force_login(cast.superuser())
    tried = addresses_with_parameters()
    assert len(tried) > 100
    for number, address in enumerate(tried):
        of_the_desk = address.startswith("/admin/")
        # Each tries the zero byte or others in turn: all together try each many times.
        for junk in {JUNK[0], JUNK[number % len(JUNK)]} if not of_the_desk else {JUNK[number % len(JUNK)]}:
            page = address.replace("{}", junk)
            for client in (inside,) if of_the_desk else (inside, Client()):
                answer = client.get(page)  # raises what would be a 500
                # 301: the desk tries it with a slash
                assert answer.status_code in (301, 302, 403, 404, 405, 410, 429), (
                    f"{page[:100]}: {answer.status_code}"
                )


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
@pytest.mark.parametrize(
    "address", ["/", "/fr/activities/", "/accounts/login/", "/admin/", "/health/", "/static/css/desk.css"]
)
def test_other_methods_are_not_allowed_anywhere(method: str, address: str) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, address, b"secret=1")
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "GET, HEAD, POST", b"")


def test_head_asks_as_get_does_and_changes_nothing() -> None:
    amina = cast.person()
    proposal = making.draft(amina)
    note = actions.attach(proposal=proposal, file=pdf("note.pdf"), by=amina)
    client = Client()
    client.force_login(amina)
    registration = cast.register(cast.session(), amina)
    code = {"code": proposal.code}
    for page in (
        reverse("proposals:file", kwargs=code | {"pk": note.pk}),  # a POST takes the file away
        reverse("proposals:deletion", kwargs=code),
        reverse("proposals:sending", kwargs=code),
        reverse("me:cancellation", args=[registration.code]),
        reverse("registrations:register", args=[registration.session_id]),
        reverse("me:delete_account"),
    ):
        asked = client.get(page)
        if asked.streaming:
            list(asked.streaming_content)
        head = client.head(page)
        for close in head._resource_closers:  # of a file; closing the answer would close the connection too
            close()
        assert head.status_code == asked.status_code == 200, page
    registration.refresh_from_db()
    assert registration.is_confirmed
    assert proposal.attachments.filter(removed_at=None).get() == note
