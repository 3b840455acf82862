"""From the list of registrations to entering many, and to what was entered so."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import person_of
from texts.numbers import number_in

from .kinds import kind_named


def from_registrations(request: HttpRequest) -> list[tuple[str, str]]:
    """From the people of one session to its own."""
    kind = kind_named("registrations")
    if kind is None or not kind.may(person_of(request)):
        return []
    session = number_in(request.GET.get("session__id__exact", ""))
    question = f"?session={session}" if session is not None else ""
    return [(reverse("imports:new") + question, _("Register many people"))]
