"""The way out of letters that a person may refuse (RFC 2369 and RFC 8058).

The address is in the letter and in its headers. A GET shows a page with a button; a mail program that offers the way out
itself sends a POST, without a cookie and without asking the person to sign in, so the address carries a signed name.
"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing

from outbox.links import link_to
from outbox.reading import reading_as

SALT = "outbox.unsubscribing"


def unsubscribe_url(*, person: AbstractBaseUser | None, kind: str, language: str) -> str:
    """The page where letters of this kind are refused, in the person's language. Served by `accounts:unsubscribe`."""
    if person is None:
        return ""
    with reading_as(language=language):
        return link_to("accounts:unsubscribe", token_for(person.pk, kind))


def unsubscribe_headers(url: str) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def token_for(person_id: int, kind: str) -> str:
    return signing.dumps([person_id, kind], salt=SALT)


def read_token(token: str) -> tuple[int, str]:
    """The person's number and the kind of letters. Raises `django.core.signing.BadSignature`. A way out has no end."""
    person_id, kind = signing.loads(token, salt=SALT)
    return person_id, kind
