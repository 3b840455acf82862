"""Codes and secrets in addresses: what else stands there is no address of ours (404), and never reaches the database.

Wider than the codes themselves, so that who mistypes one still finds the page that says so.
"""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Code(StringConverter):
    """Of a registration, and the reference number of a proposal."""

    regex = "[0-9A-Za-z-]{1,40}"


class TypedCode(StringConverter):
    """Copied by hand from a paper, with blanks."""

    regex = "[0-9A-Za-z -]{1,40}"


class Secret(StringConverter):
    """Drawn by `secrets.token_urlsafe`."""

    regex = "[0-9A-Za-z_-]{1,100}"


class Token(StringConverter):
    """Signed by `django.core.signing.dumps`."""

    regex = "[0-9A-Za-z_:.=-]{1,2000}"


class FileName(StringConverter):
    regex = "[0-9A-Za-z._-]{1,100}"


for name, converter in (
    ("code", Code),
    ("typed_code", TypedCode),
    ("secret", Secret),
    ("token", Token),
    ("filename", FileName),
):
    register_converter(converter, name)
