"""/letters/: in the demonstration, everybody's mailbox, since none of its people has one."""

import email.policy
from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from icalendar import Calendar

from outbox.message import message_of, sender
from outbox.models import Letter

PAGE_SIZE = 25
LONG = ("text", "html", "calendar", "headers")  # not for a list

# A letter has its styles in its elements and no scripts. Its links open beside the station, as in a mail program.
LETTER_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


def in_the_demonstration(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For everybody there, and nowhere else. The addresses are not even known elsewhere; this holds whatever includes them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(never_cache(require_safe(guarded)))


@in_the_demonstration
def letters(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("to", "").strip()
    page = Paginator(letters_to(to), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [row(letter) for letter in page], "to": to}
    return render(request, "demo/letters.html", context)


def letters_to(to: str) -> QuerySet[Letter]:
    matches = Letter.objects.defer(*LONG)
    return matches.filter(to__icontains=to) if to else matches


def row(letter: Letter) -> dict[str, object]:
    return {
        "url": reverse("demo:letter", args=[letter.pk]),
        "to": letter.to,
        "subject": letter.subject,
        "at": letter.written_at,
        "state": f"{letter.get_state_display()} · {language_in_itself(letter)}",
    }


def language_in_itself(letter: Letter) -> str:
    return str(get_language_info(letter.language)["name_local"]).capitalize()


@in_the_demonstration
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=pk)
    context = {
        "letter": letter,
        "sender": sender(letter),
        "language_name": language_in_itself(letter),
        "events": events(letter.calendar),
    }
    return render(request, "demo/letter.html", context)


@in_the_demonstration
@xframe_options_sameorigin
@csp_override(LETTER_POLICY)
def letter_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter itself, for the frame in its page: closed off by a policy of its own."""
    html = get_object_or_404(Letter, pk=pk).html
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))


@in_the_demonstration
def letter_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter.objects.exclude(calendar=""), pk=pk)
    return HttpResponse(
        letter.calendar,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="invite.ics"'},
    )


@in_the_demonstration
def letter_source(request: HttpRequest, pk: int) -> HttpResponse:
    """What a mail server gets."""
    message = message_of(get_object_or_404(Letter, pk=pk)).message(policy=email.policy.SMTP)
    return HttpResponse(message.as_bytes(), content_type="text/plain; charset=utf-8")


def events(calendar: str) -> list[dict[str, object]]:
    """What a calendar program would understand of the entry."""
    if not calendar:
        return []
    parsed = Calendar.from_ical(calendar)
    return [
        {
            "method": parsed.get("METHOD", ""),
            "summary": event.get("SUMMARY", ""),
            "starts_at": event.start,
            "ends_at": event.end,
            "zone": zone_of(event.start),
            "location": event.get("LOCATION", ""),
            "status": event.get("STATUS", ""),
            "uid": event.get("UID", ""),
            "sequence": event.get("SEQUENCE", 0),
        }
        for event in parsed.events
    ]


def zone_of(moment: object) -> str:
    zone = getattr(moment, "tzinfo", None)
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"
