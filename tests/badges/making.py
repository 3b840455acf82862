"""Keys of the issuer, and certificates with their badges."""

import json
from base64 import urlsafe_b64decode
from datetime import datetime
from functools import cache
from gzip import decompress

from django.utils import timezone

from badges import actions, private_key
from badges.models import Badge, StatusList
from badges.private_key import PrivateKey
from badges.tasks import keep_up_now
from credentials.models import Certificate
from tests.credentials.making import certificate


@cache
def key(number: int = 1) -> PrivateKey:
    """The first, the second …: RSA takes its time, so each is made once for all tests."""
    return private_key.make()


def use(settings, number: int = 1) -> None:
    settings.BADGE_KEY = key(number).as_text()


def signer(now: datetime | None = None):
    found = actions.current_signer(now or timezone.now())
    assert found is not None
    return found


def signed(**fields) -> Badge:
    """The badge of a certificate that was just issued."""
    made = certificate(**fields)
    keep_up_now(now=timezone.now())
    return badge_of(made)


def badge_of(made: Certificate) -> Badge:
    return Badge.objects.select_related("certificate__registration__person", "key").get(certificate=made)


def said(badge: Badge) -> dict:
    return json.loads(badge.document)


def bits(number: int = 1) -> list[int]:
    """The places whose bit is set in the list as it is given out: most significant bit first (Bitstring Status List
    1.0, 3.2)."""
    encoded = json.loads(StatusList.objects.get(number=number).document)["credentialSubject"]["encodedList"]
    assert encoded.startswith("u")
    whole = decompress(urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(whole) * 8 == 131_072
    return [
        8 * byte + bit for byte, value in enumerate(whole) for bit in range(8) if value & (0b1000_0000 >> bit)
    ]
