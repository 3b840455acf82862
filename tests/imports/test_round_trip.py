"""The file as exported, imported again unchanged, does nothing; the refused rows come back as a file that can be mended."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from outbox.models import Letter
from registrations import actions as one_by_one
from registrations.models import Registration
from tests import cast

from .making import as_csv, done, imported, outcomes, people

pytestmark = pytest.mark.django_db

FORMATS = {"csv": "0", "xlsx": "1"}


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def exported(client: Client, session, language: str, format: str) -> bytes:
    with translation.override(language):
        page = reverse("admin:registrations_registration_export")
    answer = client.post(
        f"{page}?session__id__exact={session.pk}",
        {"format": FORMATS[format], "registrationresource_id": True, "resource": 0},
    )
    assert answer.status_code == 200, answer.content[:300]
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_our_own_export_imported_again_does_nothing(client: Client, language, format):
    session = cast.session(places=3)
    odd = cast.person("=cmd|' /C calc'!A0", email="o'brien+x@city.example")
    for person in (odd, *(cast.person(f"Person {word}") for word in ("A", "B", "C"))):
        cast.register(session, person, note='Two\nlines; and "marks", =1+1')
    left = cast.register(session, note="\n".join(["many lines"] * 9))
    one_by_one.cancel(registration=left, by=left.person)
    before = list(Registration.objects.order_by("pk").values()), Letter.objects.count()
    of = done(session, exported(client, session, language, format))
    assert (
        list(of.entries.values_list("outcome", "why"))
        == [
            *[("same", "Registered already.")] * 4,
            ("same", "Cancelled, as the file says."),
        ]
        or sorted(of.entries.values_list("outcome", flat=True)) == ["same"] * 5
    )
    assert (list(Registration.objects.order_by("pk").values()), Letter.objects.count()) == before


def test_refused_rows_come_back_as_a_file_and_mended_they_are_new(client: Client):
    session = cast.session()
    wrong = [("wrong@dakar.example", "'-Awa", "Dakar", "", "technical", "Atlantis")]
    of = done(session, [*people(2), *wrong])
    page = reverse("imports:refused", args=[of.pk])
    refused = client.get(page).content
    assert refused.decode("utf-8-sig").splitlines()[1] == (
        "wrong@dakar.example,'-Awa,Dakar,,technical,Atlantis,Country: “Atlantis” is not known."
    )
    again = done(session, refused)
    assert list(again.entries.values_list("outcome", flat=True)) == ["refused"]
    mended = refused.decode("utf-8-sig").replace(",,", ",Engineer,").replace("Atlantis", "Senegal", 1)
    assert outcomes(done(session, mended.encode())) == {"wrong@dakar.example": "new"}


def test_the_file_of_refused_rows_is_there_before_it_is_begun_too(client: Client):
    of = imported(
        cast.session(), as_csv([("Ana", "no address"), ("Li", "li@city.example")], ("Name", "E-mail"))
    )
    text = client.get(reverse("imports:refused", args=[of.pk])).content.decode("utf-8-sig")
    assert "“no address” is no e-mail address." in text
