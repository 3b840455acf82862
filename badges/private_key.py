"""The private key, as the environment holds it: two keys in one text, for the two forms in which a badge is signed.

Ed25519 signs the JSON (Data Integrity EdDSA Cryptosuites 1.0, `eddsa-rdfc-2022`), RSA the token: Open Badges 3.0 has every
reader of tokens know RS256 (section 8.2.4).
"""

import base64
import binascii
import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.conf import settings
from jwt.algorithms import RSAAlgorithm
from openbadgeslib.ob3 import multikey_from_pem

RSA_BITS = 2048
END = b"-----END PRIVATE KEY-----\n"


class KeyIsUnreadable(Exception):
    """BADGE_KEY is not what `manage.py badge_key make` prints."""


@dataclass(frozen=True)
class PrivateKey:
    """Both halves as PEM (RFC 7468). Nothing that prints it shows them."""

    pem: bytes = field(repr=False)
    token_pem: bytes = field(repr=False)

    @cached_property
    def public_pem(self) -> bytes:
        private = serialization.load_pem_private_key(self.pem, None)
        return private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def public_key(self) -> str:
        """As a Multikey (Controlled Identifiers 1.0, section 2.2.2): “z6Mk…”."""
        return multikey_from_pem(self.public_pem)

    @cached_property
    def public_token_key(self) -> dict[str, Any]:
        """As a JSON Web Key (RFC 7517)."""
        private = serialization.load_pem_private_key(self.token_pem, None)
        assert isinstance(private, rsa.RSAPrivateKey)
        whole = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
        return {name: whole[name] for name in ("kty", "n", "e")}

    def as_text(self) -> str:
        return base64.b64encode(self.pem + self.token_pem).decode("ascii")


def make() -> PrivateKey:
    return PrivateKey(
        private_pem(ed25519.Ed25519PrivateKey.generate()),
        private_pem(rsa.generate_private_key(65537, RSA_BITS)),
    )


def of_the_environment() -> PrivateKey | None:
    """None where BADGE_KEY is empty: then no badge is given. Blanks and line ends, which files of secrets end with and
    editors break long lines by, are no part of it.

    Raises KeyIsUnreadable.
    """
    text = "".join(settings.BADGE_KEY.split())
    return read(text) if text else None


@lru_cache(maxsize=2)
def read(text: str) -> PrivateKey:
    """Raises KeyIsUnreadable."""
    try:
        pem, end, token_pem = base64.b64decode(text, validate=True).partition(END)
        private = serialization.load_pem_private_key(pem + end, None)
        private_token = serialization.load_pem_private_key(token_pem, None)
    except (binascii.Error, ValueError, TypeError) as error:
        raise KeyIsUnreadable from error
    if not isinstance(private, ed25519.Ed25519PrivateKey) or not isinstance(private_token, rsa.RSAPrivateKey):
        raise KeyIsUnreadable
    return PrivateKey(pem + end, token_pem)


def private_pem(private: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
