from django import template
from django.template import Context
from django.utils import timezone

from accounts.http import PersonRequest
from catalog.models import Session
from catalog.session_state import places_left

from ..eligibility import first_refusal
from ..errors import ProfileIncomplete
from ..facts import RegistrationFacts
from ..models import Registration
from ..waiting_list import with_positions

register = template.Library()


class ReadersRequest(PersonRequest):
    """Of who is signed in; with what was asked for once for all sessions of the page."""

    registrations_of_reader: dict[int, Registration]


@register.inclusion_tag("registrations/_session_state.html", takes_context=True)
def registration_state(context: Context, session: Session) -> dict[str, object]:
    """What I can do about this session: I am registered, I may register, or why not.

    For who is not signed in it says the same to everybody. For who is, all sessions of a page cost one query.
    """
    request = context["request"]
    now = timezone.now()
    person = request.user if request.user.is_authenticated else None
    registration = my_registrations(request).get(session.pk) if person else None
    shown: dict[str, object] = {"session": session, "user": request.user}
    if registration:
        facts = RegistrationFacts(session=session, now=now, registration=registration)
        return shown | {"registration": registration, "facts": facts}
    refusal = first_refusal(session, person, now)
    # The short form is asked for on the way, so it is no reason to stay out.
    return shown | {
        "full": places_left(session) == 0,
        "refusal": None if isinstance(refusal, ProfileIncomplete) else refusal,
    }


def my_registrations(request: ReadersRequest) -> dict[int, Registration]:
    """The reader's standing registrations by session, asked for once a page."""
    if not hasattr(request, "registrations_of_reader"):
        standing = with_positions(request.user.registrations.standing())
        request.registrations_of_reader = {registration.session_id: registration for registration in standing}
    return request.registrations_of_reader
