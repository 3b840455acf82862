"""What a badge says: the facts of a certificate in the words of Open Badges 3.0."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import translation
from openbadgeslib.ob3 import OB_V3_CONTEXT, VCDM_V2_CONTEXT, status_entry

from catalog.certificate_rule import Certificate as Kind
from credentials import document
from credentials.facts import Facts, translated
from credentials.models import Certificate
from hubs.models import Host
from outbox.links import link_to
from papers.text_layer.letters import without_marks

from .issuer import profile

# “AchievementType” of Open Badges 3.0.
TYPES = {Kind.PARTICIPATION: "Certificate", Kind.COMPLETION: "CertificateOfCompletion"}


def credential_of(certificate: Certificate, *, status_list: str, place: int) -> dict[str, Any]:
    """In the language of the document. `status_list` is the address at which the badge's list stands in the same form.

    Whose badge it is is told by the name, as it stands on the certificate; no address of e-mail is in it.
    """
    with translation.override(certificate.language):
        said = certificate.said
        return {
            "@context": [VCDM_V2_CONTEXT, OB_V3_CONTEXT],
            "id": in_no_language(certificate),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": f"{document.heading_of(said)}: {said.title}",
            "issuer": profile(),
            "validFrom": moment(certificate.issued_at),
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [
                    {
                        "type": "IdentityObject",
                        "identityType": "name",
                        "identityHash": said.name,
                        "hashed": False,
                    }
                ],
                "achievement": achievement(certificate, said),
            },
            "credentialStatus": status_entry(status_list, "revocation", place),
        }


def achievement(certificate: Certificate, said: Facts) -> dict[str, Any]:
    """The same for everybody who has this certificate of the session: its name is by numbers, since the page of an
    activity may move."""
    session = certificate.registration.session
    return {
        "id": f"{in_no_language('catalog:activities')}#{session.pk}-{said.kind}",
        "type": ["Achievement"],
        "achievementType": TYPES[Kind(said.kind)],
        "inLanguage": document.language_of(said.titles),
        "name": said.title,
        "description": description(said),
        "criteria": {
            "id": in_no_language(session.activity),
            "narrative": plain(document.condition(said)) or document.heading_of(said),
        },
        "image": {"id": picture(said), "type": "Image", "caption": document.heading_of(said)},
    } | creator(said, session.activity.host)


def creator(said: Facts, host: Host | None) -> dict[str, Any]:
    """The host with its page, while the activity is still of the host that the certificate names."""
    if host is None or not set(said.hosts.values()) & {
        name for name in translated(host, "name").values() if name
    }:
        return {}
    return {"creator": {"id": in_no_language(host), "type": ["Profile"], "name": said.host}}


def in_no_language(page: str | Model) -> str:
    """The address of a page in the language that has no prefix: the same in all badges."""
    with translation.override("en"):
        return link_to(page)


def description(said: Facts) -> str:
    """“for taking part in the webinar · 5 October 2026 · 1 h 30 min · Nairobi”."""
    parts = [
        document.reason(said),
        document.days(said),
        document.duration(said) if said.minutes else "",
        said.venue,
    ]
    return plain(" · ".join(part for part in parts if part))


def picture(said: Facts) -> str:
    """By an address that does not change with the picture: it is signed."""
    return f"{settings.SITE_URL}{settings.STATIC_URL}badges/{document.design(said)}.svg"


def plain(words: str) -> str:
    """Without the marks that keep directions apart on a page."""
    return without_marks(words)


def moment(at: datetime) -> str:
    """The instant, in whole seconds (VC Data Model 2.0, 4.9: dateTimeStamp)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
