"""The letters about certificates, in four languages: what they say, and until when the name can be corrected."""

import pytest

from credentials import actions
from outbox.models import Letter
from tests import cast

from .making import DAY, certificate

pytestmark = pytest.mark.django_db

UNTIL = {
    "en": "until 7 January 2027",
    "fr": "jusqu’au 7 janvier 2027",
    "es": "hasta el 7 de enero de 2027",
    "ar": "حتى 7 يناير 2027",
}


def letter(kind: str) -> Letter:
    return Letter.objects.get(kind=f"certificate_{kind}")


@pytest.mark.parametrize("language", UNTIL)
def test_the_letter_says_what_it_is_of_and_until_when_the_name_can_be_corrected(language):
    amina = certificate("Amina Diallo", language=language, timezone="UTC")
    written = letter("issued")
    for text in (written.text, written.html):
        for part in ("Amina Diallo", "Water in dense cities", "MITI Seoul", amina.code_in_groups):
            assert part in text, part
        assert UNTIL[language] in text
        assert f"/certificates/{amina.code}/" in text


@pytest.mark.parametrize("language", UNTIL)
def test_a_new_edition_gives_no_new_time_and_later_the_letter_says_what_to_do(language, by):
    amina = certificate("Amina Diallo", language=language, timezone="UTC")
    owner = amina.registration.person
    second = actions.correct_name(
        certificate=amina, name="Aminata Diallo", by=owner, now=amina.issued_at + 9 * DAY
    )
    written = letter("replaced")
    assert UNTIL[language] in written.text
    assert "Aminata Diallo" in written.text
    assert second.code_in_groups in written.text
    assert amina.code not in written.text
    third = actions.correct_name(certificate=second, name="Aminata", by=by, now=amina.issued_at + 90 * DAY)
    late = Letter.objects.filter(kind="certificate_replaced").latest("pk")
    assert third.code_in_groups in late.text
    assert UNTIL[language] not in late.text


@pytest.mark.parametrize("language", UNTIL)
def test_withdrawn_the_person_is_told_why(language, by):
    amina = certificate("Amina Diallo", language=language)
    actions.withdraw(certificate=amina, why="It was issued to another Amina.", by=by)
    written = letter("withdrawn")
    assert "It was issued to another Amina." in written.text
    assert "It was issued to another Amina." in written.html
    assert "Water in dense cities" in written.text


def test_my_pages_list_the_newest_with_their_documents(client, amina, owner, by):
    client.force_login(owner)
    page = client.get("/me/").text
    section = page[page.index('id="my-certificates"') :]
    assert f'href="/certificates/{amina.code}/"' in section
    assert f'href="/certificates/{amina.code}.pdf"' in section
    assert "Certificate of participation · 9 December 2026" in section
    assert 'href="/me/record/"' in section
    actions.withdraw(certificate=amina, why="By mistake", by=by)
    assert 'id="my-certificates"' not in client.get("/me/").text


def test_who_deletes_the_account_is_told_what_becomes_of_the_certificates(client, owner):
    client.force_login(owner)
    assert "Your 1 certificate says your name no longer" in " ".join(client.get("/me/deletion/").text.split())
    client.force_login(cast.person("Ben Okafor"))
    assert "says your name no longer" not in client.get("/me/deletion/").text


def test_the_page_on_data_protection_tells_of_certificates(client):
    text = " ".join(client.get("/data-protection/").text.split())
    for part in ("Your certificates", "You can hide your name there", "A certificate: for good"):
        assert part in text
