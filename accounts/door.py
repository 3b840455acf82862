"""The one door: an address is typed, a code goes there, the code lets in. New and known addresses look alike.

The steps behind it (limits, second factor, sessions) are django-allauth's; this is where we hold on to them.
"""

from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import get_language

from . import actions
from .models import User


@transaction.atomic
def send_code(request: HttpRequest, email: str) -> bool:
    """Send a code to the address and remember in the session that we wait for it. False when asked too often."""
    if not ratelimit.consume(request, action="request_login_code", key=email):
        return False
    person = actions.welcome(email=email, language=get_language() or "en")
    # For someone who may not sign in the page is the same, and no code exists.
    LoginCodeVerificationProcess.initiate(
        request=request, user=person if person.is_active else None, email=email
    )
    return True


@transaction.atomic
def send_another_code(process: LoginCodeVerificationProcess) -> bool:
    """A fresh code, good for the full time; the one before no longer is. False when asked too often."""
    if not process.can_resend:
        return False
    process.state["at"] = now().timestamp()
    process.resend()
    return True


def pending_code(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    """The sign-in that waits for its code in this session; None when there is none or its time is over."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return LoginCodeVerificationProcess.resume(stage) if stage else None


@transaction.atomic
def let_in(process: LoginCodeVerificationProcess, next_page: str) -> HttpResponse:
    """The code was right: on to the second factor or the short form, where either is due, and to the page."""
    person: User = process.user
    return process.finish(
        next_page if person.has_profile else with_next(reverse("accounts:profile"), next_page)
    )


def local_next(request: HttpRequest) -> str:
    """Where the person was going (`next`), if that is a page of ours; otherwise empty."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else ""


def with_next(address: str, next_page: str) -> str:
    return f"{address}?{urlencode({'next': next_page})}" if next_page else address
