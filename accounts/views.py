from copy import copy
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import access, actions, codes, signing_in
from .adapter import CODE_MINUTES
from .clock import chosen_zone
from .forms import CodeForm, ProfileForm, SignInForm, ZoneForm
from .http import PersonRequest

START = "me:overview"
ZONE_IS_REMEMBERED = timedelta(days=365)


@login_not_required
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    next_page = signing_in.local_next(request)
    if request.user.is_authenticated:
        return redirect(next_page or START)
    waiting = signing_in.pending_code(request)
    form = SignInForm(
        request.POST if request.method == "POST" else None,
        initial={"email": waiting.email} if waiting else None,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                signing_in.send_code(request, form.cleaned_data["email"])
            except codes.TooManyCodes as too_many:
                form.add_error("email", too_many.sentence)
                status = 429
            else:
                return redirect(signing_in.with_next(reverse("account_confirm_login_code"), next_page))
    return render(request, "accounts/sign_in.html", {"form": form, "next": next_page}, status=status)


@login_not_required
@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    next_page = signing_in.local_next(request)
    sign_in_page = signing_in.with_next(reverse("account_login"), next_page)
    if request.user.is_authenticated:
        return redirect(next_page or START)
    waiting = signing_in.pending_code(request)
    if waiting is None:
        messages.warning(request, _("That code is no longer good. Ask for a new one here."))
        return redirect(sign_in_page)
    if request.method == "POST" and "another" in request.POST:
        try:
            if signing_in.send_another_code(waiting):
                messages.info(request, _("A new code is on its way. The one before no longer works."))
            else:
                messages.warning(request, _("That is all the codes we send at once. Start again in a while."))
        except codes.TooManyCodes as too_many:
            messages.warning(request, too_many.sentence)
        return redirect(signing_in.with_next(reverse("account_confirm_login_code"), next_page))
    form = CodeForm(
        request.POST if request.method == "POST" else None, expected=waiting.code, email=waiting.email
    )
    if request.method == "POST":
        if form.is_valid():
            return signing_in.let_in(waiting, next_page)
        if not waiting.record_invalid_attempt():
            messages.error(request, _("That was one wrong code too many. Ask for a new one here."))
            return redirect(sign_in_page)
    context = {
        "form": form,
        "email": waiting.email,
        "can_resend": waiting.can_resend,
        "minutes": CODE_MINUTES,
        "next": next_page,
        "sign_in_page": sign_in_page,
    }
    return render(request, "accounts/enter_code.html", context, status=422 if form.errors else 200)


@login_not_required
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Signing up is signing in, so old habits lead to the one page."""
    return redirect(signing_in.with_next(reverse("account_login"), signing_in.local_next(request)))


@login_not_required
def no_passwords(request: HttpRequest, rest: str) -> HttpResponse:
    """allauth brings pages for passwords. Nobody has one here."""
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    next_page = signing_in.local_next(request)
    first_time = not request.user.has_profile
    # A copy: what is typed and not accepted must not show as the person's name in the page's frame.
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        instance=copy(request.user),
        initial={"language": get_language()} if first_time else None,
    )
    if request.method == "POST" and form.is_valid():
        actions.update_profile(person=request.user, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Thank you, that is all we need. Times are shown as in %(zone)s.")
            % {"zone": request.user.timezone.replace("_", " ")},
        )
        return redirect(next_page or START)
    context = {"form": form, "first_time": first_time, "next": next_page}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def time_zone(request: HttpRequest) -> HttpResponse:
    """In whose clock to read, for visitors: a cookie remembers. Who is signed in says it in the profile."""
    next_page = signing_in.local_next(request)
    if request.user.is_authenticated:
        return redirect(signing_in.with_next(reverse("accounts:profile"), next_page))
    form = ZoneForm(
        request.POST if request.method == "POST" else None, initial={"zone": chosen_zone(request)}
    )
    if request.method == "POST" and form.is_valid():
        response = redirect(next_page or "catalog:activities")
        remember_zone(response, form.cleaned_data["zone"])
        return response
    context = {"form": form, "next": next_page}
    return render(request, "accounts/time_zone.html", context, status=422 if form.errors else 200)


def remember_zone(response: HttpResponse, zone: str) -> None:
    if zone:
        response.set_cookie(
            settings.ZONE_COOKIE_NAME,
            zone,
            max_age=ZONE_IS_REMEMBERED,
            secure=settings.PRODUCTION,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(settings.ZONE_COOKIE_NAME, samesite="Lax")


@login_not_required
@csrf_exempt  # a mail program presses the button for the person (RFC 8058), and holds no token of ours
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of reminders, from the letter itself: GET asks, POST does."""
    person = access.unsubscriber(token)
    if request.method == "POST":
        actions.stop_reminders(person=person, by=None)
    return render(
        request, "accounts/unsubscribe.html", {"done": request.method == "POST", "email": person.email}
    )
