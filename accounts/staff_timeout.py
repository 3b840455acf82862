"""Staff who leave their screen, or a whole working day, behind are signed out. They see other people's data.

What they were writing comes back after they signed in again (accounts/expired_forms.py). Anybody else stays signed in for as
long as SESSION_COOKIE_AGE says.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .models import User

SINCE, SEEN = "staff since", "staff seen"  # in the session, both in seconds
# A page that asks for news by itself says so: nobody need be there.
BY_ITSELF = "X-By-Itself"
NOTED_EVERY = 60  # seconds; each noting writes the session


class StaffTimeoutMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_staff and not settings.DEMO:
            if is_over(request):
                logout(request)
                messages.warning(
                    request, _("You were signed out, because staff do not stay signed in for long.")
                )
            elif BY_ITSELF not in request.headers:
                note_seen(request)
        return self.get_response(request)


def is_over(request: HttpRequest) -> bool:
    now = time.time()
    since, seen = request.session.get(SINCE, now), request.session.get(SEEN, now)
    idle, longest = settings.STAFF_MAY_BE_IDLE, settings.STAFF_STAY_AT_MOST
    return bool(now - seen > idle.total_seconds() or now - since > longest.total_seconds())


def note_seen(request: HttpRequest) -> None:
    now = time.time()
    request.session.setdefault(SINCE, now)  # signed in before this was kept
    if now - request.session.get(SEEN, 0) > NOTED_EVERY:
        request.session[SEEN] = now


def note_sign_in(request: HttpRequest, user: User, **_: object) -> None:
    if user.is_staff:
        request.session[SINCE] = request.session[SEEN] = time.time()


def note_sign_ins() -> None:
    """Called once, when the station starts."""
    user_logged_in.connect(note_sign_in)
