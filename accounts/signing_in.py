"""The one way in: an e-mail address is typed, a code goes there, the code lets in. New and known ones look alike.

The steps behind it (second factor, sessions) are django-allauth's; this is where we hold on to them. An address that
nobody proved is no row: it becomes an account when its code comes back.
"""

from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import get_language

from . import actions, codes, letters
from .adapter import CODE_MINUTES
from .models import User
from .whose import owner_of


class SignIn(LoginCodeVerificationProcess):
    """A sign-in that waits for its code, also by somebody who has no account yet."""

    @classmethod
    def begin(cls, request: HttpRequest, *, email: str) -> "SignIn":
        person = owner_of(email)
        may_sign_in = person is None or person.is_active
        user = person if may_sign_in else None
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        state = cls.initial_state(user=user, email=email)
        stage.state.update(state, initiated_by_user=True, is_new=person is None)
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def waiting(cls, request: HttpRequest) -> "SignIn | None":
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        process: SignIn | None = cls(stage).abort_if_invalid() if stage else None
        return process

    @property
    def email(self) -> str:
        return str(self.state["email"])

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """For someone who may not sign in the page is the same, and no code exists."""
        if self.user or self.state.get("is_new"):
            letters.sign_in_code(person=self.user, to=email, code=self.generate_code(), minutes=CODE_MINUTES)

    def prove(self) -> User:
        """The person whose code it was; the address was proven by it, so now there is an account."""
        person = self.user or actions.find_or_create_person(email=self.email, language=get_language() or "en")
        # Locked: an account is not merged between our look and the sign-in. Of one that was, the other lets in.
        person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        if person.merged_into_id:
            person = actions.find_or_create_person(email=self.email, language=person.language)
        self._user = person
        return person


@transaction.atomic
def send_code(request: HttpRequest, email: str) -> None:
    """Send a code to the address and remember in the session that we wait for it. Raises codes.TooManyCodes."""
    codes.count_code(request, email, now=now())
    SignIn.begin(request, email=email)


@transaction.atomic
def send_another_code(process: SignIn) -> bool:
    """A fresh code, good for the full time; the one before no longer is. False when this sign-in had all it may have.

    Raises codes.TooManyCodes.
    """
    if not process.can_resend:
        return False
    moment = now()
    codes.count_code(process.request, process.email, now=moment)
    process.state["at"] = moment.timestamp()
    process.resend()
    return True


def pending_code(request: HttpRequest) -> SignIn | None:
    """The sign-in that waits for its code in this session; None when there is none or its time is over."""
    return SignIn.waiting(request)


@transaction.atomic
def let_in(process: SignIn, next_page: str) -> HttpResponse:
    """The code was right: on to the second factor or the short form, where either is due, and to the page."""
    person = process.prove()
    answer: HttpResponse = process.finish(
        next_page if person.has_profile else with_next(reverse("accounts:profile"), next_page)
    )
    return answer


def local_next(request: HttpRequest) -> str:
    """Where the person was going (`next`), if that is a page of ours; otherwise empty."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else ""


def with_next(address: str, next_page: str) -> str:
    return f"{address}?{urlencode({'next': next_page})}" if next_page else address
