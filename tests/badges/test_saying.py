"""What a badge says: the facts of the certificate, in the words of Open Badges 3.0, and nothing more of the person."""

import pytest

from badges.models import Badge
from credentials import actions as certificates
from tests import cast
from tests.credentials.making import certificate, finished, granted_by_hand, registered

from .making import keep_up_now, said, signed

pytestmark = pytest.mark.django_db


def test_it_says_what_the_certificate_says_and_whose_it_is_by_name_alone():
    badge = signed(name="Amina Diallo", email="amina@dakar.example")
    whole, certificate = said(badge), badge.certificate
    assert whole["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert whole["id"] == f"http://localhost:8000/certificates/{certificate.code}/"
    assert whole["issuer"] == {
        "id": "did:web:localhost%3A8000",
        "type": ["Profile"],
        "name": "Learning Station",
        "url": "http://localhost:8000/",
    }
    assert whole["validFrom"] == f"{certificate.issued_at:%Y-%m-%dT%H:%M:%SZ}"
    subject = whole["credentialSubject"]
    assert subject["identifier"] == [
        {"type": "IdentityObject", "identityType": "name", "identityHash": "Amina Diallo", "hashed": False}
    ]
    achievement = subject["achievement"]
    assert achievement["name"] == certificate.said.title
    assert achievement["achievementType"] == "Certificate"
    assert achievement["criteria"]["narrative"].startswith("Condition met: ")
    assert achievement["creator"]["name"] == certificate.said.host
    assert achievement["criteria"]["id"] == f"http://localhost:8000{page_of(certificate)}"
    assert achievement["image"]["id"] == "http://localhost:8000/static/badges/participation.svg"
    assert "@dakar.example" not in badge.document
    assert certificate.registration.code not in badge.document


@pytest.mark.parametrize(
    ("language", "heading"),
    [("fr", "Attestation de participation"), ("es", "Certificado de participación"), ("ar", "شهادة مشاركة")],
)
def test_it_speaks_the_language_of_the_document_and_its_ids_speak_none(language, heading):
    badge = signed(name="سارة محمد العلي", language=language)
    whole = said(badge)
    assert heading in whole["name"]
    assert f"/{language}/" not in badge.document
    assert whole["credentialSubject"]["identifier"][0]["identityHash"] == "سارة محمد العلي"
    marks = [letter for letter in badge.document if letter in "\u2066\u2067\u2068\u2069\u200e\u200f"]
    assert not marks


def test_of_one_that_was_granted_it_says_why():
    session = finished(0)
    (registration,) = registered(session, cast.person("Omar Haddad"))
    by = cast.secretary()
    certificate = granted_by_hand(
        registration=registration, kind="completion", why="He led the workshop.", by=by
    )
    keep_up_now(now=certificate.issued_at)
    achievement = said(certificate.badge)["credentialSubject"]["achievement"]
    assert "He led the workshop." in achievement["criteria"]["narrative"]
    assert achievement["achievementType"] == "CertificateOfCompletion"


def test_the_badge_of_a_corrected_name_is_another_in_another_place():
    first = signed(name="Amina Dialo")
    person = first.certificate.registration.person
    second = certificates.correct_name(certificate=first.certificate, name="Amina Diallo", by=person)
    keep_up_now(now=second.issued_at)
    assert said(second.badge)["credentialSubject"]["identifier"][0]["identityHash"] == "Amina Diallo"
    assert second.badge.place != first.place


def page_of(certificate) -> str:
    return certificate.registration.session.activity.get_absolute_url()


def test_everybody_of_a_session_has_the_same_achievement_also_when_its_page_moves(settings):
    session = finished(1)
    certificates.issue(session=session, now=session.ends_at)
    keep_up_now(now=session.ends_at)
    session.activity.slug = "at-another-address"
    session.activity.save()
    (late,) = registered(session, cast.person("Omar Haddad"))
    granted_by_hand(registration=late, kind="participation", why="She was there.", by=cast.secretary())
    keep_up_now(now=session.ends_at)
    achievements = [said(badge)["credentialSubject"]["achievement"] for badge in Badge.objects.all()]
    assert len({one["id"] for one in achievements}) == 1
    assert achievements[1]["criteria"]["id"].endswith("/activities/at-another-address/")


@pytest.mark.parametrize("is_given_to", [lambda: cast.host("mashhad"), lambda: None])
def test_an_activity_that_is_anothers_by_now_names_no_page_of_theirs_beside_the_host_of_then(is_given_to):
    made = certificate("Amina Diallo")
    activity = made.registration.session.activity
    activity.host = is_given_to()
    activity.offered_by = "" if activity.host else "Another body"
    activity.save()
    keep_up_now(now=made.issued_at)
    assert "creator" not in said(made.badge)["credentialSubject"]["achievement"]


def test_a_host_whose_name_was_translated_since_is_the_same_host():
    made = certificate("Amina Diallo")
    host = made.registration.session.activity.host
    host.name_es = "Un nombre en español"
    host.save()
    keep_up_now(now=made.issued_at)
    creator = said(made.badge)["credentialSubject"]["achievement"]["creator"]
    assert creator["id"] == f"http://localhost:8000{host.get_absolute_url()}"
