from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone

from . import codes, letters
from .whose import owner_of

# What allauth says after each step; our pages say it where the eye is.
SILENT = (
    "account/messages/login_code_sent.txt",
    "account/messages/logged_in.txt",
    "account/messages/email_confirmed.txt",
)
CODE_MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


class AccountAdapter(DefaultAccountAdapter):
    """allauth's door to the rest of the station: its letters go through our outbox."""

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        request = allauth_context.request
        person = (
            context.get("user")
            or owner_of(email)
            or (request.user if request.user.is_authenticated else None)
        )
        if person is None:
            return  # nobody we know: nothing is sent, and the page does not tell
        if template_prefix.startswith("account/email/email_confirmation"):
            self.count_code(request, email)
            letters.address_code(person=person, to=email, code=context["code"], minutes=CODE_MINUTES)
        else:
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
            text = render_to_string(
                f"{template_prefix}_message.txt",
                {"email": email, "user": person, "current_site": Station} | context,
                request,
            )
            letters.account_note(person=person, to=email, subject=subject, text=text.strip())

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A new address takes the place of the main one. allauth takes all others away; those that came with another account
        of theirs stay ways in, until the person removes them."""
        more = EmailAddress.objects.filter(user=email_address.user_id, verified=True, primary=False)
        kept = list(more.exclude(pk=email_address.pk).exclude(email=email_address.email))
        more.filter(pk__in=[one.pk for one in kept]).delete()
        done = super().confirm_email(request, email_address)
        EmailAddress.objects.bulk_create(kept)
        return done

    def count_code(self, request: HttpRequest, email: str) -> None:
        """To somebody else's mailbox, too, only so many letters go. One too many leads back, and says for how long."""
        try:
            codes.count_code(request, email, now=timezone.now())
        except codes.TooManyCodes as too_many:
            messages.warning(request, too_many.sentence)
            raise ImmediateHttpResponse(redirect("account_email")) from too_many

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """allauth's own sign-up stays shut: the one way in is `accounts.views.sign_in`."""
        return False


class Station:
    """What allauth's letters call the site."""

    name = settings.STATION_NAME
    domain = settings.SITE_URL.partition("://")[2]
