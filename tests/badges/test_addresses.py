"""What programs ask for, and what the owner of a certificate finds."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from credentials import actions as certificates
from tests import cast
from tests.credentials.making import certificate

from .making import bits, keep_up_now, signed

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address_of(badge, ending="json"):
    return f"/certificates/{badge.certificate.code}/badge.{ending}"


@pytest.mark.parametrize(
    ("address", "content_type"),
    [
        ("/.well-known/did.json", "application/json"),
        ("/credentials/status/1", "application/ld+json"),
        ("/credentials/status/1.jwt", "application/vc+jwt"),
    ],
)
def test_what_programs_ask_for_is_open_to_every_page_and_may_be_kept(address, content_type):
    signed()
    answer = Client().get(address, headers={"origin": "https://verifier.example"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Vary"] == "Accept-Encoding"
    assert not answer.cookies


def test_the_list_stands_as_soon_as_a_badge_names_it_and_tells_no_code_and_no_name():
    badge = signed(name="Amina Diallo")
    status = json.loads(badge.document)["credentialStatus"]
    path = status["statusListCredential"].removeprefix("http://localhost:8000")
    told = Client().get(path).text
    assert json.loads(told)["id"] == status["statusListCredential"]
    assert badge.certificate.code not in told
    assert "Amina" not in told


def test_the_picture_of_a_badge_may_be_shown_by_any_page():
    badge = signed()
    picture = json.loads(badge.document)["credentialSubject"]["achievement"]["image"]["id"]
    answer = Client().get(picture.removeprefix("http://localhost:8000"))
    assert answer.status_code == 200
    b"".join(answer.streaming_content)
    answer.close()
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_list_that_no_badge_names_is_not_there():
    assert Client().get("/credentials/status/7").status_code == 404
    assert Client().get("/credentials/status/99999999999999999999").status_code == 404


def test_the_issuer_is_known_before_the_first_badge():
    told = Client().get("/.well-known/did.json").json()
    assert told["id"] == "did:web:localhost%3A8000"
    assert told["verificationMethod"] == []


def test_the_owner_downloads_both_forms():
    badge = signed()
    mine = signed_in(badge.certificate.registration.person)
    page = mine.get(f"/certificates/{badge.certificate.code}/").text
    assert address_of(badge) in page
    answer = mine.get(address_of(badge))
    assert answer.text == badge.document
    assert answer["Content-Disposition"] == f'attachment; filename="badge-{badge.certificate.code}.json"'
    assert "no-store" in answer["Cache-Control"]
    assert mine.get(address_of(badge, "jwt")).text == badge.token


@pytest.mark.parametrize("ending", ["json", "jwt"])
def test_nobody_else_does(ending):
    badge = signed()
    address = address_of(badge, ending)
    for person in (cast.person("A Stranger"), cast.secretary()):
        assert signed_in(person).get(address).status_code == 404
    assert Client().get(address).url.startswith("/accounts/login/")
    assert "badge.json" not in Client().get(f"/certificates/{badge.certificate.code}/").text


def test_before_it_is_signed_the_page_offers_none_and_the_address_says_when():
    made = certificate()
    mine = signed_in(made.registration.person)
    assert "badge.json" not in mine.get(f"/certificates/{made.code}/").text
    answer = mine.get(f"/certificates/{made.code}/badge.json", follow=True)
    assert "Your badge is being signed. Try again in a few minutes." in answer.text


def test_withdrawn_it_is_given_to_nobody_any_more_and_the_list_says_so():
    badge = signed()
    mine = signed_in(badge.certificate.registration.person)
    certificates.withdraw(certificate=badge.certificate, why="Another was there.", by=cast.secretary())
    answer = mine.get(address_of(badge), follow=True)
    assert "withdrawn" in answer.text
    assert badge.document not in answer.text
    assert "badge.json" not in answer.text
    keep_up_now(now=timezone.now())
    assert bits() == [badge.place]
