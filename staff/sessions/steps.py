"""What is done to a session and asks first: it is cancelled, or has other places. (Rescheduling has a file of its own.)"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from accounts.models import User
from catalog.models import Session
from desk.steps import Outlook, Step, letters_sentence
from registrations import actions
from registrations.admin.reasons import NeededReason
from registrations.errors import Refused

from ..recipients import recipients_of_cancellation


def refusal_to_change(session: Session) -> str:
    if session.is_cancelled:
        return _now("It was cancelled.")
    if session.ends_at <= timezone.now():
        return _now("It is over.")
    return ""


def can_change(session: Session) -> bool:
    return not refusal_to_change(session)


def look_at_cancellation(session: Session) -> Outlook:
    if session.is_cancelled:
        return Outlook(session, refusal=_now("It was cancelled before."))
    if refusal := refusal_to_change(session):
        return Outlook(session, refusal=refusal)
    return Outlook(session, _now("There is no way back."), recipients_of_cancellation(session))


def cancel_session(session: Session, *, by: User, reason: dict[str, str]) -> str:
    letters = actions.cancel_session(session=session, reason=reason, by=by)
    return _now("cancelled. %(letters)s") % {"letters": letters_sentence(letters)}


CANCELLATION = Step(
    noun="cancellation",
    purpose=_("For a session that will not take place: everybody registered reads why."),
    label=_("Cancel the session"),
    question=ngettext_lazy("Cancel this session?", "Cancel these %(count)d sessions?", "count"),
    button=_("Cancel, and write to people"),
    permission="catalog.change_session",
    look=look_at_cancellation,
    do=cancel_session,
    refusals=(Refused,),
    form=NeededReason,
    makes_sense=can_change,
    serious=True,
)


class PlacesForm(forms.Form):
    places = forms.IntegerField(label=_("Places"), required=False, min_value=0, max_value=1_000_000)

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(initial={"places": session.places}, **kwargs)
        self.fields["places"].help_text = _now("Empty means no limit.")


def look_at_places(session: Session) -> Outlook:
    if refusal := refusal_to_change(session):
        return Outlook(session, refusal=refusal)
    sentence = _now(
        "Taken: %(taken)d. Waiting: %(waiting)d. For each place more the next of those waiting is let in and "
        "written to; with fewer places nobody is thrown out."
    ) % {"taken": session.places_taken, "waiting": session.waiting_count}
    return Outlook(session, sentence, letters_known=False)


def change_places(session: Session, *, by: User, places: int | None) -> str:
    let_in = actions.change_places(session=session, places=places, by=by)
    return ngettext("%(count)d person was let in.", "%(count)d people were let in.", len(let_in)) % {
        "count": len(let_in)
    }


PLACES = Step(
    noun="places",
    purpose=_("For a room that is larger or smaller than planned: more places let in those who wait."),
    label=_("Change the places"),
    question=_("How many places?"),
    button=_("Change the places"),
    permission="catalog.change_session",
    look=look_at_places,
    do=change_places,
    refusals=(Refused,),
    form_of=PlacesForm,
    makes_sense=can_change,
)
