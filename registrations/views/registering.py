from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import codes, signing_in
from accounts.models import User
from catalog.models import Session

from .. import access, actions, drafts, errors
from ..clashes import clashes
from ..consent import consent_wording
from ..eligibility import first_refusal
from ..facts import SessionFacts
from ..forms import RegistrationForm, VisitorForm
from ..models import Registration


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The one page with the one button. Who is not signed in presses it too, and comes back with all that was typed."""
    session = access.session_for(request, pk)
    if not request.user.is_authenticated:
        return for_visitor(request, session)
    draft = drafts.note_for(request, session)
    form = RegistrationForm(request.POST if request.method == "POST" else None, initial={"note": draft or ""})
    status, refusal = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            note = form.cleaned_data["note"]
            try:
                registration = actions.register(
                    session=session, person=request.user, by=request.user, note=note
                )
            except errors.ProfileIncomplete:
                drafts.keep(request, session, note=note)
                return redirect(signing_in.with_next(reverse("accounts:profile"), request.path))
            except errors.Refused as refused:
                refusal, status = refused, 403
            else:
                drafts.drop(request, session)
                messages.success(request, sentence(registration))
                return redirect(registration)
    now = timezone.now()
    refusal = refusal or first_refusal(session, request.user, now)
    context = about(session, now, reader=None if refusal else request.user) | {
        "form": form,
        "refusal": refusal,
        "profile_missing": not request.user.has_profile,
        "registration": session.registrations.standing().filter(person=request.user).first(),
        "clashes": list(clashes(session, request.user, now)),
        "came_back": draft is not None,
    }
    return page(request, context, status)


def for_visitor(request: HttpRequest, session: Session) -> HttpResponse:
    """The button leads through a code back here, where it is pressed again: an unproven e-mail address registers nothing."""
    form = VisitorForm(request.POST if request.method == "POST" else None)
    status = 200
    now = timezone.now()
    refusal = first_refusal(session, None, now)
    if request.method == "POST":
        status = 422
        if refusal:
            status = 403
        elif form.is_valid():
            try:
                signing_in.send_code(request, form.cleaned_data["email"])
            except codes.TooManyCodes as too_many:
                form.add_error("email", too_many.sentence)
                status = 429
            else:
                drafts.keep(request, session, note=form.cleaned_data["note"])
                return redirect(signing_in.with_next(reverse("account_confirm_login_code"), request.path))
    return page(request, about(session, now) | {"form": form, "refusal": refusal}, status)


def about(session: Session, now: datetime, *, reader: User | None = None) -> dict[str, object]:
    return {
        "session": session,
        "activity": session.activity,
        "facts": SessionFacts(session, now, reader=reader),
        "consent": consent_wording(session),
    }


def page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    refusal = context["refusal"]
    context["profile_first"] = isinstance(refusal, errors.ProfileIncomplete)
    context["shows_form"] = refusal is None or context["profile_first"]
    return render(request, "registrations/session_register.html", context, status=status)


def sentence(registration: Registration) -> str:
    if registration.is_waiting:
        return _("You are on the waiting list. A letter that says so is on its way to %(email)s.") % {
            "email": registration.person.email
        }
    if registration.is_held:
        return _("A place is held for you. A letter that says until when is on its way to %(email)s.") % {
            "email": registration.person.email
        }
    return _("You have a place. The confirmation is on its way to %(email)s.") % {
        "email": registration.person.email
    }
