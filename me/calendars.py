"""One's own registrations as calendar files: each, and all of them as a private feed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Event

from accounts.actions import close_calendar_feed, open_calendar_feed
from accounts.http import PersonRequest
from calendars.entries import calendar_answer, calendar_file, session_event
from registrations import access, joining
from registrations.models import Registration

from .my_registrations import for_calendar


@require_safe
@never_cache
def registration_calendar(request: HttpRequest, code: str) -> HttpResponse:
    registration = access.registration_for(request, code)
    if not registration.is_confirmed:  # who waits has no entry yet (docs/decisions/0002)
        raise Http404
    return calendar_answer(calendar_file(entries(registration)), f"session-{registration.session_id}.ics")


@login_not_required
@require_safe
def my_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """What calendar programs ask for again and again, without signing in: the address is the key."""
    person = access.owner_of_feed(secret)
    registrations = for_calendar(person, timezone.now())
    events = [event for registration in registrations for event in entries(registration)]
    return calendar_answer(calendar_file(events, name=settings.STATION_NAME), "learning-station.ics")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: PersonRequest) -> HttpResponse:
    """Open, renew or close my feed."""
    if request.method == "POST":
        if "close" in request.POST:
            close_calendar_feed(person=request.user, by=request.user)
            messages.success(request, _("The feed is closed. Its address leads nowhere from now on."))
        else:
            open_calendar_feed(person=request.user, by=request.user)
            messages.success(
                request, _("Here is the address of your feed. Any address before it leads nowhere.")
            )
        return redirect("me:calendar_feed")
    secret = request.user.calendar_secret
    address = settings.SITE_URL + reverse("me:my_calendar", args=[secret]) if secret else ""
    context = {"address": address, "webcal": "webcal:" + address.partition(":")[2] if address else ""}
    return render(request, "me/calendar_feed.html", context)


def entries(registration: Registration) -> list[Event]:
    """The person's own entry, with the joining link when they may see it."""
    session = registration.session
    open_now = joining.may_see(registration, timezone.now())
    return session_event(
        session,
        language=registration.person.language,
        sequence=registration.calendar_sequence,
        link=session.joining_link if open_now else "",
        note=session.joining_note if open_now else "",
        page=settings.SITE_URL + registration.get_absolute_url(),
    )
