"""Registrations moved at the desk to another session, with their place in line."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from catalog.models import Session
from desk.clock import shown
from desk.fields import field_of
from desk.steps import Outlook, Step
from hubs.scope import in_scope
from registrations import errors as registration_errors
from registrations.admin.adding import refusal_words
from registrations.admin.reasons import NeededReason
from registrations.admin.registrations import RegistrationAdmin
from registrations.models import Registration
from texts.rows import listed

from . import actions, errors


class SessionChoice(forms.ModelChoiceField[Session]):
    def label_from_instance(self, session: Session) -> str:
        label = f" · {session.label}" if session.label else ""
        return f"{session.activity}{label}, {shown(session.starts_at, session.zone)}"


class MoveForm(NeededReason):
    """Where to, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = Session.objects.standing().upcoming(timezone.now())
        sessions = coming.select_related("activity__host").order_by("starts_at")
        self.fields = {"to": SessionChoice(label=_("To which session"), queryset=sessions), **self.fields}

    def clean(self) -> dict[str, Any]:
        return {"to": self.cleaned_data.get("to"), **super().clean()}


def narrow(form: MoveForm, person: User) -> None:
    """To sessions at the person's own hosts."""
    field = field_of(form, "to", forms.ModelChoiceField)
    assert field.queryset is not None
    field.queryset = in_scope(field.queryset, person, host="activity__host")


def look_at_move(registration: Registration) -> Outlook:
    seen = registration.seen
    title = listed(str(part) for part in (seen, seen.organization_name) if part)
    if not registration.is_standing:
        return Outlook(registration, refusal=_now("It was cancelled before."), title=title)
    if registration.session.ends_at <= timezone.now():
        return Outlook(registration, refusal=_now("The session is over."), title=title)
    outlook = Outlook(
        registration,
        _now(
            "%(session)s: the registration here is cancelled, and made anew there; the person gets a letter of each. "
            "Who came first here is first there. Where no place is free, they wait."
        )
        % {"session": registration.session},
        title=title,
    )
    outlook.letters[registration.person.language] += 1
    return outlook


def move(registration: Registration, *, by: User, to: Session, reason: dict[str, str]) -> str:
    try:
        moved = actions.move(registration=registration, to=to, by=by, reason=reason)
    except registration_errors.Refused as refusal:
        raise Told(refusal) from refusal
    if moved.is_held:
        return _now("moved; there a place is held until it is confirmed for whom they act.")
    return _now("moved; there on the waiting list.") if moved.is_waiting else _now("moved; a place there.")


class Told(errors.Refused):
    """A refusal of the other session, in the words for staff."""

    def __init__(self, refusal: registration_errors.Refused):
        self.said = refusal_words(refusal)

    @property
    def sentence(self) -> str:
        return self.said


MOVE = Step(
    noun="move",
    purpose=_("For people who should come to another session instead: there they stand in the same order."),
    label=_("Move to another session"),
    question=ngettext_lazy("Move this registration?", "Move these %(count)d registrations?", "count"),
    button=_("Move, and write to the people"),
    permission="registrations.change_registration",
    look=look_at_move,
    do=move,
    refusals=(errors.Refused,),
    form=MoveForm,
    narrow=narrow,
    makes_sense=lambda registration: registration.is_standing,
)

# At the list of registrations, which knows nothing of this room.
RegistrationAdmin.steps = (*RegistrationAdmin.steps, MOVE)
