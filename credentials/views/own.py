"""What the owner of a certificate does with it: the document, the name on it, whether others read the name."""

import io
import logging

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import PersonRequest
from files.downloads import as_download
from papers import Unprintable
from registrations.access import own_registration

from .. import access, actions, errors
from ..check_page import CheckPage
from ..forms import NameForm
from ..giving_out import given_out
from .checking import not_indexed

logger = logging.getLogger(__name__)


@not_indexed
@never_cache
@require_safe
def pdf(request: PersonRequest, code: str) -> HttpResponseBase:
    """The document, for whose it is and for staff of the host. Where there is none, a page that says why."""
    certificate = access.certificate_with_document(code, request.user)
    if access.asks_for_too_many_documents(request):
        return respond_429(request)
    page = CheckPage(certificate, request.user, timezone.now())
    try:
        made = given_out(certificate)
    except errors.NoDocument as refusal:
        certificate.refresh_from_db()
        context = {"page": page, "certificate": certificate, "refusal": refusal}
        return render(request, "credentials/no_document.html", context, status=410)
    except Unprintable:
        logger.exception("The document of certificate %s cannot be drawn.", certificate.pk)
        return render(
            request, "credentials/no_document.html", {"page": page, "certificate": certificate}, status=500
        )
    return as_download(io.BytesIO(made), f"{certificate.code}.pdf")


@not_indexed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: PersonRequest, code: str) -> HttpResponse:
    """The name as it should be: a new edition, to which this one leads from now on."""
    certificate = access.own_certificate(code, request.user)
    page = CheckPage(certificate, request.user, timezone.now())
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": page.said.name})
    if request.method == "POST" and form.is_valid():
        try:
            corrected = actions.correct_name(
                certificate=certificate, name=form.cleaned_data["name"], by=request.user
            )
        except errors.Refused as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(
                request, _("The name is corrected. This is the new edition; the old code leads here.")
            )
            return redirect(corrected)
    context = {"page": page, "certificate": certificate, "form": form}
    return render(request, "credentials/name.html", context, status=422 if form.errors else 200)


@not_indexed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: PersonRequest, code: str) -> HttpResponse:
    """Whether others read the name, or type it. The buttons are on the certificate's page."""
    certificate = access.own_certificate(code, request.user)
    if request.method == "POST":
        is_shown = request.POST.get("shown") == "1"
        try:
            actions.show_name(certificate=certificate, shown=is_shown, by=request.user)
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(
                request,
                _("Whoever has the code reads your name again.")
                if is_shown
                else _(
                    "Your name is hidden. Whoever checks the certificate types it, and is told whether it is yours."
                ),
            )
    return redirect(certificate)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: PersonRequest, code: str) -> HttpResponse:
    """The certificate by the rule, taken by the person themselves. The button is on the registration's page."""
    registration = own_registration(request, code)
    if request.method == "POST":
        try:
            certificate = actions.claim(registration=registration, by=request.user)
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Here is your certificate. Look whether the name is right."))
            return redirect(certificate)
    return redirect(registration)
