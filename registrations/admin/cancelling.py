"""Registrations cancelled at the desk, with a reason for the people."""

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from desk.steps import Outlook, Step
from texts.rows import listed

from .. import actions, errors
from ..models import Registration
from .reasons import NeededReason


def look_at_cancellation(registration: Registration) -> Outlook:
    seen = registration.seen
    title = listed(str(part) for part in (seen, seen.organization_name) if part)
    if not registration.is_standing:
        return Outlook(registration, refusal=_now("It was cancelled before."), title=title)
    if registration.session.ends_at <= timezone.now():
        return Outlook(registration, refusal=_now("The session is over."), title=title)
    if not registration.is_waiting:
        sentence = _now(
            "%(session)s: a place is taken back. The next of those waiting, if any, is let in and written to as well."
        )
    else:
        sentence = _now("%(session)s: no longer on the waiting list.")
    outlook = Outlook(registration, sentence % {"session": registration.session}, title=title)
    outlook.letters[registration.person.language] += 1
    return outlook


def cancel(registration: Registration, *, by: User, reason: dict[str, str]) -> str:
    actions.cancel(registration=registration, by=by, reason=reason)
    return _now("cancelled; the person is written to.")


CANCELLATION = Step(
    noun="cancellation",
    purpose=_("For somebody who can’t or may not come: whoever waits first gets the place."),
    label=_("Cancel the registration"),
    question=ngettext_lazy("Cancel this registration?", "Cancel these %(count)d registrations?", "count"),
    button=_("Cancel, and write to the people"),
    permission="registrations.change_registration",
    look=look_at_cancellation,
    do=cancel,
    refusals=(errors.Refused,),
    form=NeededReason,
    makes_sense=lambda registration: registration.is_standing,
    serious=True,
)
