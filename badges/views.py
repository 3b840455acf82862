"""What programs ask for who check a badge: the issuer's keys and the lists. And the badge itself, for whose it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from credentials.access import own_certificate
from credentials.errors import NoDocument
from credentials.giving_out import refuse

from . import issuer as the_issuer
from .models import KEPT_FOR, Badge, StatusList

# Programs that fetch by themselves read what calls itself JSON, and leave application/vc as it is.
JSON, TOKEN = "application/ld+json", "application/vc+jwt"


@login_not_required
@require_safe
def issuer(request: PersonRequest) -> HttpResponse:
    """The keys, for ever."""
    return for_everybody(JsonResponse(the_issuer.document()))


@login_not_required
@require_safe
def status_list(request: PersonRequest, number: int) -> HttpResponse:
    one = get_object_or_404(StatusList, number=number)
    return for_everybody(HttpResponse(one.document, content_type=JSON))


@login_not_required
@require_safe
def status_list_token(request: PersonRequest, number: int) -> HttpResponse:
    one = get_object_or_404(StatusList, number=number)
    return for_everybody(HttpResponse(one.token, content_type=TOKEN))


def for_everybody(response: HttpResponse) -> HttpResponse:
    """Any page may fetch it, and anybody between may keep it for some minutes."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=int(KEPT_FOR.total_seconds()))
    return response


@never_cache
@require_safe
def badge(request: PersonRequest, code: str) -> HttpResponseBase:
    """The signed JSON: for the person it is about and nobody else."""
    return download(request, code, "document", "json", JSON)


@never_cache
@require_safe
def badge_token(request: PersonRequest, code: str) -> HttpResponseBase:
    return download(request, code, "token", "jwt", TOKEN)


def download(
    request: PersonRequest, code: str, form: str, ending: str, content_type: str
) -> HttpResponseBase:
    certificate = own_certificate(code, request.user)
    try:
        refuse(certificate)
    except NoDocument as refusal:
        messages.error(request, refusal.sentence)
        return redirect(certificate)
    signed = Badge.objects.to_give().filter(certificate=certificate).values_list(form, flat=True).first()
    if not signed:
        messages.info(request, _("Your badge is being signed. Try again in a few minutes."))
        return redirect(certificate)
    name = f"badge-{certificate.code}.{ending}"
    return HttpResponse(
        signed, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
