"""Who has a certificate's code sees what it says, and whether it stands. Without signing in, and found by no search."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.ratelimit import respond_429
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User

from .. import access
from ..check_page import CheckPage
from ..forms import CompareForm, FindForm
from ..models import Certificate


def not_indexed[**P, R: HttpResponseBase](view: Callable[P, R]) -> Callable[P, R]:
    """Also where the page cannot say so itself, as a PDF. https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag"""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        response = view(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex, noarchive"
        return response

    return answer


@login_not_required
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The field for the code. What stands on a certificate leads to its page without it."""
    if "code" not in request.GET:
        return render(request, "credentials/find.html", {"form": FindForm()})
    form = FindForm(request.GET)
    if not form.is_valid():
        return render(request, "credentials/find.html", {"form": form}, status=422)
    found = looked_up(request, form.cleaned_data["code"])
    return redirect(found) if isinstance(found, Certificate) else found


@login_not_required
@not_indexed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The check page. POST asks whether a name is the one on the certificate, where the owner does not show it."""
    found = looked_up(request, code)
    if not isinstance(found, Certificate):
        return found
    if code != found.code:
        return redirect(found)
    page = CheckPage(found, request.user if isinstance(request.user, User) else None, timezone.now())
    if request.method != "POST" or not page.asks_name:
        return shown(request, page, CompareForm())
    if access.guesses_names_too_much(request, found):
        return respond_429(request)
    form = CompareForm(request.POST)
    if not form.is_valid():
        return shown(request, page, form, status=422)
    typed = form.cleaned_data["name"]
    is_it = page.is_name(typed)
    if not is_it:
        access.count_wrong_name(request, found)
    return shown(request, page, form, typed=typed, is_it=is_it)


def looked_up(request: HttpRequest, code: str) -> Certificate | HttpResponse:
    """The certificate of that code, or the page that says why there is none."""
    if access.guesses_too_much(request):
        return respond_429(request)
    found = access.certificate_typed(code)
    if found:
        return found
    access.count_wrong_code(request)
    form = FindForm({"code": code})
    form.add_error(
        "code",
        _(
            "There is no certificate with this code. Compare it with the document, letter by letter: it has no vowels."
        ),
    )
    return render(request, "credentials/find.html", {"form": form, "is_unknown": True}, status=404)


def shown(
    request: HttpRequest, page: CheckPage, form: CompareForm, *, status: int = 200, **answer: Any
) -> HttpResponse:
    context = {"page": page, "certificate": page.certificate, "form": form, **answer}
    return render(request, "credentials/certificate.html", context, status=status)
