"""What was typed is not lost when a form arrives too late: the person was signed out meanwhile, or its token is an old one.

A form of who is signed out waits in their browser's session until they are in again, for an hour at most. One with an
old token comes straight back. Both are shown as one button that sends the same once more; nothing is sent without it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .signing_in import with_next

KEY = "unsent form"
KEPT_FOR = timedelta(hours=1)
MOST_KEPT = 200_000  # characters


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Django's, which asks everybody to sign in. What they sent without being signed in waits for them."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        if request.method == "POST" and request.user.is_authenticated:
            form = request.session.get(KEY)
            if form and form["to"] == request.get_full_path():
                del request.session[KEY]  # it has arrived
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        # Where the token is not looked at, another site could have sent it.
        if request.method == "POST" and not getattr(view_func, "csrf_exempt", False) and keep(request):
            return HttpResponseRedirect(with_next(reverse("account_login"), reverse("accounts:unsent")))
        return super().handle_no_permission(request, view_func)


def never_sent_again(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a form with no more than a yes, which another person, signed in by now, must not say by accident."""
    view.never_sent_again = True  # type: ignore[attr-defined]  # a mark of ours on a function
    return view


def may_be_sent_again(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and not getattr(match.func, "never_sent_again", False)


def keep(request: HttpRequest) -> bool:
    """Put the form into the session. False when nothing was typed, or too much for that."""
    fields = typed(request)
    length = sum(len(value) for _name, value in fields)
    if not length or length > MOST_KEPT or not may_be_sent_again(request):
        return False
    request.session[KEY] = {
        "to": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "at": timezone.now().timestamp(),
    }
    return True


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]


@never_cache
@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    """The form that waited, with the button that sends it. Without one, on to my pages."""
    form = request.session.get(KEY)
    if not form or form["at"] < (timezone.now() - KEPT_FOR).timestamp():
        return redirect("me:overview")
    return render(request, "accounts/expired_form.html", {"form": form, "signed_out": True})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. The form comes back only to a page of ours: the browser itself says which site sent it."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not (ours and may_be_sent_again(request)):
        return render(request, "403_csrf.html", status=403)
    form = {"to": request.get_full_path(), "fields": typed(request), "files": bool(request.FILES)}
    context = {"form": form, "no_cookie": reason == REASON_NO_CSRF_COOKIE}
    answer: HttpResponse = never_cache(render)(request, "accounts/expired_form.html", context, status=403)
    return answer
