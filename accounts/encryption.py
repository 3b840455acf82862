"""What must be kept and read again, yet tell nothing to who reads the database: the seeds of second factors.

The keys come from the environment (ENCRYPTION_KEYS). The first encrypts, all decrypt: so a key is replaced by putting a new
one before it, running `manage.py renew_encryption`, and taking the old one away.
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

type Data = dict[str, Any]  # of a second factor, as allauth keeps it: JSON

# What stands before each encrypted text. What was written before there was a key has none.
PREFIX = "fernet:"


class KeyMissing(Exception):
    """A text was encrypted with a key that ENCRYPTION_KEYS no longer names."""


class MFAAdapter(DefaultMFAAdapter):
    """allauth's second factors, with their seeds encrypted."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)


def encrypt(text: str) -> str:
    return PREFIX + keys().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """The text. One that was written in clear, before the migration that encrypts, is given as it is. Raises KeyMissing."""
    if not stored.startswith(PREFIX):
        return stored
    try:
        return keys().decrypt(stored.removeprefix(PREFIX).encode()).decode()
    except InvalidToken as error:
        raise KeyMissing("ENCRYPTION_KEYS does not hold the key this was encrypted with.") from error


def keys() -> MultiFernet:
    return MultiFernet([Fernet(fernet_key(key)) for key in settings.ENCRYPTION_KEYS])


def fernet_key(key: str) -> bytes:
    """Any long random text may be a key: Fernet wants 32 bytes."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"learning-station " + key.encode()).digest())


def encrypt_seeds(data: Data) -> Data:
    """The data of a second factor (allauth.mfa.models.Authenticator.data) with every seed encrypted with the first key."""
    return change_seeds(data, lambda seed: encrypt(decrypt(seed)))


def decrypt_seeds(data: Data) -> Data:
    return change_seeds(data, decrypt)


def change_seeds(data: Data, change: Callable[[str], str]) -> Data:
    changed = dict(data)
    for name in ("secret", "seed"):
        if name in changed:
            changed[name] = change(changed[name])
    if changed.get("migrated_codes"):
        changed["migrated_codes"] = [change(code) for code in changed["migrated_codes"]]
    return changed
