"""The document as a file: who gets it, when there is none, and a certificate that is withdrawn while it is drawn."""

import io
import threading

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from accounts.erasing import erase_person
from credentials import access, actions, errors, giving_out
from credentials.models import Certificate
from papers import Unprintable
from tests import cast
from tests.at_once import at_once

from .at_the_desk import step
from .making import certificate
from .test_checking import page_of, words

pytestmark = pytest.mark.django_db


def document_of(one: Certificate) -> str:
    return reverse("credentials:document", args=[one.code])


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def mine(owner):
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def undrawn(monkeypatch):
    """Who gets it is asked, not what it looks like."""
    monkeypatch.setattr(giving_out, "document", lambda facts, **fields: b"%PDF " + repr(fields).encode())


def test_the_owner_gets_a_pdf_that_leads_to_the_page_in_the_language_of_the_document(client):
    amina = certificate("Amina Diallo", language="fr")
    client.force_login(amina.registration.person)
    answer = client.get(document_of(amina))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{amina.code}.pdf"'
    assert answer["X-Robots-Tag"] == "noindex, noarchive"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    with pikepdf.open(io.BytesIO(body(answer))) as pdf:
        links = [str(link.A.URI) for page in pdf.pages for link in page.get("/Annots", [])]
        assert "Amina Diallo" in str(pdf.docinfo.Title)
        assert set(links) == {f"http://localhost:8000/fr/certificates/{amina.code}/"}


@pytest.mark.usefixtures("undrawn")
def test_staff_of_the_host_get_it_too_and_for_everybody_else_there_is_none(amina, mine):
    host = amina.registration.session.activity.host
    client = Client()
    assert client.get(document_of(amina)).url.startswith("/accounts/login/")
    for person, status in (
        (cast.coordinator(host), 200),
        (cast.secretary(), 200),
        (cast.coordinator(cast.host("cairo")), 404),
        (cast.person("A Stranger"), 404),
    ):
        client.force_login(person)
        assert client.get(document_of(amina)).status_code == status, person
    client.force_login(cast.coordinator(host))
    desk = reverse("admin:credentials_certificate_change", args=[amina.pk])
    assert f'href="{desk}"' in client.get(page_of(amina)).text
    page = mine.get(page_of(amina)).text
    assert desk not in page
    assert f'href="{document_of(amina)}"' in page
    assert ".pdf" not in Client().get(page_of(amina)).text


@pytest.mark.usefixtures("undrawn")
def test_staff_have_no_document_and_no_hidden_name_of_who_does_not_agree_that_they_know_it(amina, owner):
    actions.show_name(certificate=amina, shown=False, by=owner)
    staff = Client()
    staff.force_login(cast.coordinator(amina.registration.session.activity.host))
    correction = step("correction", amina)
    for agrees, document in ((True, 200), (False, 404)):
        type(amina.registration).objects.update(discloses=agrees)
        assert staff.get(document_of(amina)).status_code == document
        for page in (amina.get_absolute_url(), correction):
            answer = staff.get(page)
            assert answer.status_code == 200
            assert ("Amina" in answer.text) == agrees, page


@pytest.mark.usefixtures("undrawn")
def test_of_one_that_was_withdrawn_replaced_or_erased_a_page_says_why_there_is_none(amina, mine, owner, by):
    second = actions.correct_name(certificate=amina, name="Aminata Diallo", by=owner, now=amina.issued_at)
    answer = mine.get(document_of(amina))
    assert answer.status_code == 410
    assert "This certificate was replaced: the name was corrected." in words(answer.text)
    assert page_of(second) in answer.text
    actions.withdraw(certificate=second, why="By mistake", by=by)
    answer = mine.get(document_of(second))
    assert answer.status_code == 410
    assert "This certificate was withdrawn." in words(answer.text)
    erased = certificate("Ben Okafor")
    erase_person(person=erased.registration.person, by=by)
    client = Client()
    client.force_login(by)
    answer = client.get(document_of(erased))
    assert answer.status_code == 410
    assert "The person’s data were erased at their wish" in words(answer.text)
    assert erased.registration.get_absolute_url() not in client.get(page_of(erased)).text, (
        "it leads nowhere now"
    )


def test_what_has_no_font_is_told_in_a_sentence(amina, mine, monkeypatch):
    def without_font(*args, **kwargs):
        raise Unprintable("No font has all letters.")

    monkeypatch.setattr(giving_out, "document", without_font)
    answer = mine.get(document_of(amina))
    assert answer.status_code == 500
    assert "The document cannot be drawn" in words(answer.text)
    assert page_of(amina) in answer.text


@pytest.mark.usefixtures("undrawn")
def test_one_person_asks_for_so_many_and_no_more(amina, mine, monkeypatch):
    monkeypatch.setattr(access, "DOCUMENTS", "3/10m/key")
    assert [mine.get(document_of(amina)).status_code for _ in range(4)] == [200, 200, 200, 429]


class TestWithdrawnWhileItIsDrawn:
    """One thread draws; another withdraws, corrects or erases before it is done."""

    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture
    def meanwhile(self, monkeypatch):
        """`meanwhile(certificate, change)`: what the drawing thread got, the change having been made while it drew."""

        def run(one: Certificate, change) -> object:
            begun, changed = threading.Event(), threading.Event()

            def slow(*args, **kwargs) -> bytes:
                begun.set()
                assert changed.wait(20)
                return b"%PDF"

            def draw() -> object:
                try:
                    return giving_out.given_out(one)
                except errors.NoDocument as refusal:
                    return refusal

            def other() -> None:
                assert begun.wait(20)
                change()
                changed.set()

            monkeypatch.setattr(giving_out, "document", slow)
            return at_once([draw, other])[0]

        return run

    def changes(self, one: Certificate) -> list:
        person, staff = one.registration.person, cast.secretary()
        return [
            lambda: actions.withdraw(certificate=one, why="By mistake", by=staff),
            lambda: actions.correct_name(certificate=one, name="Aminata", by=person, now=one.issued_at),
            lambda: erase_person(person=person, by=person),
        ]

    @pytest.mark.parametrize("which", [0, 1, 2])
    def test_it_is_not_given_out(self, meanwhile, which):
        one = certificate()
        assert isinstance(meanwhile(one, self.changes(one)[which]), errors.NoDocument)

    def test_the_twin_that_does_not_look_again_gives_out_what_was_withdrawn(self, meanwhile, monkeypatch):
        monkeypatch.setattr(giving_out, "as_it_is_now", lambda one: one)
        one = certificate()
        assert meanwhile(one, self.changes(one)[0]) == b"%PDF"
        assert not Certificate.objects.get().is_valid
