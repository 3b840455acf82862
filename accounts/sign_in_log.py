"""A line in the log for each sign-in, each that failed, and each change of a second factor.

Who is a number, from where is a network, and no line holds a code or an e-mail address. docs/security.md lists them.
"""

import logging
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import email_changed, email_verification_code_rejected, login_code_rejected
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from .codes import masked
from .models import User

logger = logging.getLogger("station.sign_in")


def log_sign_ins() -> None:
    """Called once, when the station starts."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    login_code_rejected.connect(wrong_code)
    email_verification_code_rejected.connect(wrong_email_code)
    authentication_failed.connect(wrong_factor)
    authenticator_added.connect(factor_added)
    authenticator_removed.connect(factor_removed)
    email_changed.connect(changed_email)


def signed_in(request: HttpRequest, user: User, **_: object) -> None:
    ways = [str(record.get("method", "?")) for record in get_authentication_records(request, user)]
    logger.info(
        "signed in: person %s by %s %s", user.pk, " and ".join(ways) or "the station itself", where(request)
    )


def signed_out(request: HttpRequest, user: User | None, **_: object) -> None:
    if user is not None:
        logger.info("signed out: person %s %s", user.pk, where(request))


def wrong_code(request: HttpRequest, user: User, last_attempt: bool = False, **_: object) -> None:
    logger.warning(
        "wrong code to sign in: person %s%s %s",
        user.pk,
        ", the last try" if last_attempt else "",
        where(request),
    )


def wrong_email_code(request: HttpRequest, user: User, **_: object) -> None:
    logger.warning("wrong code for a new address: person %s %s", user.pk, where(request))


def wrong_factor(request: HttpRequest, user: User, authenticator: Any = None, **_: object) -> None:
    kind = getattr(authenticator, "type", "none")
    logger.warning("wrong second factor (%s): person %s %s", kind, user.pk, where(request))


def factor_added(request: HttpRequest, user: User, authenticator: Any, **_: object) -> None:
    logger.info("second factor added (%s): person %s %s", authenticator.type, user.pk, where(request))


def factor_removed(request: HttpRequest, user: User, authenticator: Any, **_: object) -> None:
    logger.info("second factor removed (%s): person %s %s", authenticator.type, user.pk, where(request))


def changed_email(request: HttpRequest | None, user: User, **_: object) -> None:
    logger.info("address changed: person %s %s", user.pk, where(request))


def where(request: HttpRequest | None) -> str:
    """“from 192.0.2.0/24”: enough to see an attack by, too little to follow a person with."""
    if request is None or "REMOTE_ADDR" not in request.META:
        return "from nowhere we know"
    return f"from {masked(request)}"
