"""A sign-in of today, with the second factor if one has one: for who sees what other people said of themselves, and is no
staff (accounts/staff_timeout.py sees to those). Anybody stays signed in for as long as SESSION_COOKIE_AGE says elsewhere.
"""

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .http import PersonRequest
from .models import User
from .signing_in import with_next

AT = "signed in at"  # in the session, in seconds


def is_fresh(request: PersonRequest) -> bool:
    """The demonstration's cast is let in. Who signed in before this was kept did so too long ago."""
    if settings.DEMO:
        return True
    since = request.session.get(AT, 0)
    if time.time() - since > settings.STAFF_STAY_AT_MOST.total_seconds():
        return False
    if request.user.second_factors <= {Authenticator.Type.RECOVERY_CODES}:
        return True
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def sign_in_anew(request: PersonRequest) -> HttpResponse:
    """Leads to the door, and from there back to this page. A form is not sent: what it says is asked once more."""
    page = request.get_full_path()
    logout(request)
    words = _(
        "This page shows what people said of themselves, so it asks you to sign in anew after twelve hours."
    )
    messages.info(request, words)
    return redirect(with_next(reverse("account_login"), page))


def note_sign_in(request: HttpRequest, user: User, **_: object) -> None:
    request.session[AT] = time.time()


def note_sign_ins() -> None:
    """Called once, when the station starts."""
    user_logged_in.connect(note_sign_in)
