from collections.abc import Callable
from typing import Any

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import PersonRequest
from attendance.check_in.finding import on_now
from attendance.own_attendance import own_attendance
from attendance.progress import progress
from catalog.activity_page import ActivityPage
from credentials.own_answer import own_answer
from interaction.own_questions import own_questions
from messaging.shown import kept_for, notes_for
from outbox.models import Letter
from registrations import access, actions, errors
from registrations.consent import consent_wording
from registrations.facts import RegistrationFacts, is_own
from registrations.materials import materials_for
from registrations.models import Registration
from registrations.waiting_list import still_takes_people_in


@login_not_required
@never_cache
@require_safe
def registration(request: HttpRequest, code: str) -> HttpResponse:
    """One registration of mine. Who only holds the link from the letter sees no more than the letter said."""
    if access.asks_too_often(request):
        return respond_429(request)
    registration = registration_or_explanation(request, code, access.registration_from_letter)
    if isinstance(registration, HttpResponse):
        return registration
    if registration.code != code:  # of an account that was merged
        return redirect(registration)
    context = page_context(registration) | {"own": is_own(registration, request.user)}
    if not request.user.is_authenticated:
        return render(request, "me/registration_from_letter.html", context)
    if context["own"]:
        context |= of_ones_own(registration, context["facts"])
    context["may_cancel"] = context["facts"].may_cancel and access.may_cancel(request.user, registration)
    context["notes"] = notes_for(registration, context["facts"].now)
    context["kept"] = kept_for(registration)
    # One that never leaves is not on its way.
    going = Letter.objects.about(registration).exclude(
        state__in=[Letter.State.STOPPED, Letter.State.TOO_LATE]
    )
    context["letters"] = going.order_by("-written_at", "-pk")
    return render(request, "me/registration_detail.html", context)


def of_ones_own(registration: Registration, facts: RegistrationFacts) -> dict[str, Any]:
    """What the page tells nobody but the person it is about."""
    now = facts.now
    attendance, so_far = own_attendance(registration, now), progress(registration)
    told: dict[str, Any] = {
        "attendance": attendance,
        "progress": so_far,
        "answer": own_answer(registration, attendance=attendance, progress=so_far, now=now),
        "check_in": on_now(registration, now),
        "materials": materials_for(registration),
        "questions": own_questions(registration, now),
    }
    if registration.is_standing and not registration.discloses:
        told["consent"] = consent_wording(registration.session)
    if facts.is_over:
        page = ActivityPage(registration.session.activity, now=now, person=registration.person)
        told["related"] = page.related
    return told


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: HttpRequest, code: str) -> HttpResponse:
    """GET asks, POST cancels: mail scanners follow links. Works from the letter without signing in."""
    if access.asks_too_often(request):
        return respond_429(request)
    registration = registration_or_explanation(request, code, access.registration_to_cancel)
    if isinstance(registration, HttpResponse):
        return registration
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else registration.person
        try:
            cancelled = actions.cancel(registration=registration, by=by)
        except errors.TooLateToCancel as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, sentence(cancelled))
        return redirect(registration)
    return render(
        request,
        "me/registration_cancel.html",
        page_context(registration) | {"own": is_own(registration, request.user)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: PersonRequest, code: str) -> HttpResponse:
    """The person whom staff registered lets the host see who they are. The button is on the registration's page."""
    registration = access.own_registration(request, code)
    if request.method == "POST":
        actions.agree(registration=registration, by=request.user)
        messages.success(request, _("Thank you. The host sees now who is coming."))
    return redirect(registration)


def registration_or_explanation(
    request: HttpRequest, code: str, fetch: Callable[[HttpRequest, str], Registration]
) -> Registration | HttpResponse:
    """The registration; or, for who is signed in, why there is none for them. It is the same page whether the code is
    somebody else's or nobody's, so it tells nothing of others."""
    try:
        return fetch(request, code)
    except Http404:
        if not request.user.is_authenticated:
            raise
        return render(request, "me/registration_not_mine.html", status=404)


def page_context(registration: Registration) -> dict[str, Any]:
    return {
        "registration": registration,
        "session": registration.session,
        "activity": registration.session.activity,
        "facts": RegistrationFacts(
            session=registration.session, now=timezone.now(), registration=registration
        ),
    }


def sentence(cancelled: Registration) -> str:
    if cancelled.cancelled_for == Registration.CancelledFor.SESSION:
        return _("The host has already cancelled this session: there is nothing left to cancel.")
    if not still_takes_people_in(cancelled.session, timezone.now()):
        return _("The registration is cancelled. Thank you for saying so.")
    return _("The registration is cancelled. Thank you for saying so: somebody else can come.")
