"""SITE_URL, as the settings read it."""

import re

from django.core.exceptions import ImproperlyConfigured

# The scheme and the host, with a port if need be. Links begin with it, and badges name its host: with a path or a person's
# name in it they would be sought where the station is not.
NOTHING_BUT_A_HOST = re.compile(r"https?://[^/?#@\s]+")


def read(text: str) -> str:
    address = text.strip().rstrip("/")
    if not NOTHING_BUT_A_HOST.fullmatch(address):
        raise ImproperlyConfigured(
            f"SITE_URL is “{text}”; it is https:// and a name, as in https://learning.example.org."
        )
    return address
