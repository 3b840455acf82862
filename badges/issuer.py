"""Who issues badges: the station, by the name of its address (did:web), and by keys that the address shows to everybody."""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .models import IssuerKey

# Where the words of the issuer's document are explained (DID 1.0; Controlled Identifiers 1.0).
CONTEXT = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]


def did() -> str:
    """“did:web:learning.example.org”; a port has its colon written as %3A (did:web, “Method-specific identifier”)."""
    return f"did:web:{quote(urlsplit(settings.SITE_URL).netloc, safe='')}"


def key_id(key: IssuerKey) -> str:
    return f"{did()}#{key.name}"


def token_key_id(key: IssuerKey) -> str:
    return f"{did()}#{key.name}-token"


def profile() -> dict[str, object]:
    """As it stands in each badge (Open Badges 3.0, Profile)."""
    return {"id": did(), "type": ["Profile"], "name": _("Learning Station"), "url": f"{settings.SITE_URL}/"}


def document() -> dict[str, object]:
    """The issuer's document at /.well-known/did.json (did:web, section “Read (Resolve)”). Every key stays in it for
    ever, but for one that leaked: a program may trust whatever stands there. The newest comes first: some take the
    first for a token's."""
    keys = IssuerKey.objects.filter(leaked_at=None)
    methods = [method for key in keys for method in (token_method(key), data_method(key))]
    return {
        "@context": CONTEXT,
        "id": did(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def data_method(key: IssuerKey) -> dict[str, object]:
    return method(key_id(key), "Multikey") | {"publicKeyMultibase": key.public_key}


def token_method(key: IssuerKey) -> dict[str, object]:
    return method(token_key_id(key), "JsonWebKey") | {"publicKeyJwk": key.public_token_key}


def method(name: str, kind: str) -> dict[str, object]:
    return {"id": name, "type": kind, "controller": did()}
