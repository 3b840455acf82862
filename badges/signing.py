"""A credential is signed in both forms: as JSON with a proof inside, and as a token."""

import json
from datetime import datetime
from typing import Any, NamedTuple

import jwt
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, add_data_integrity_proof

from .issuer import did, key_id, token_key_id
from .models import IssuerKey
from .private_key import PrivateKey


class NotSigned(Exception):
    """The signature would not cover all that the credential says."""


class Signer(NamedTuple):
    """`key` is the public half of `private`, as everybody knows it."""

    private: PrivateKey
    key: IssuerKey


def signed(credential: dict[str, Any], by: Signer, now: datetime) -> str:
    """The JSON with its proof (`eddsa-rdfc-2022`).

    Raises NotSigned where a word of it is not known to the contexts it names: it would be signed in silence, and
    refused by others.
    """
    try:
        secured = add_data_integrity_proof(credential, by.private.pem, key_id(by.key), created=now)
        if "OpenBadgeCredential" in credential["type"]:
            OB3LdpVerifier(by.private.public_pem).verify(secured)
    except LibOpenBadgesException as error:
        raise NotSigned(str(error)) from error
    return json.dumps(secured, ensure_ascii=False, indent=2)


def as_token(credential: dict[str, Any], by: Signer) -> str:
    """The same as a JSON Web Token (Open Badges 3.0, section 8.2.4.1: the claims are the credential itself)."""
    valid_from = datetime.fromisoformat(credential["validFrom"])
    claims = credential | {"iss": did(), "jti": credential["id"], "nbf": int(valid_from.timestamp())}
    if "validUntil" in credential:
        claims["exp"] = int(datetime.fromisoformat(credential["validUntil"]).timestamp())
    return jwt.encode(claims, by.private.token_pem, algorithm="RS256", headers={"kid": token_key_id(by.key)})
