"""A person is added to a session, with or beyond the places: the form, and what staff are told when it is refused."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.actions import find_or_create_person, update_profile
from accounts.admin_fields import ZoneChoice
from accounts.country_field import countries
from accounts.http import person_of
from accounts.models import Organization, User
from accounts.whose import owner_of
from catalog.models import Session
from desk.clock import shown
from desk.fields import field_of
from hubs.scope import in_scope, sees_all_hosts
from texts.names import NameFormField
from texts.numbers import number_in

from .. import errors
from ..eligibility import refusals_for_everybody
from ..models import Registration


class AddPersonForm(forms.Form):
    """Somebody registered by staff: known by their e-mail address, or new."""

    session: forms.ModelChoiceField[Session] = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.none()
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "Of somebody who has an account here, this is enough: you see the address alone until the person agrees. "
            "Otherwise fill in what follows too."
        ),
        widget=forms.EmailInput(attrs={"class": "vTextField"}),
    )
    ground = forms.ChoiceField(
        label=_("On what ground"), choices=Registration.Ground.choices, widget=forms.RadioSelect
    )
    over_places = forms.BooleanField(
        label=_("Also when all places are taken"),
        required=False,
        help_text=_(
            "Otherwise the person joins the waiting list then. It is shown in the list as “beyond the places”."
        ),
    )
    why = forms.CharField(
        label=_("Why outside of the hours of registration"),
        required=False,
        max_length=300,
        help_text=_(
            "Only for who comes before registration opens, after it closed, or is added when the session is over. "
            "Kept in the history, with your name."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    name = NameFormField(
        label=_("Name"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    organization = forms.ModelChoiceField(
        label=_("Organization"), required=False, queryset=Organization.objects.all()
    )
    organization_other = forms.CharField(
        label=_("Another organization"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    post = forms.CharField(
        label=_("Post"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    profile = forms.ChoiceField(
        label=_("Profile"), required=False, choices=[("", "—"), *User.Profile.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=User._meta.get_field("language").choices or [])
    timezone = ZoneChoice(label=_("Time zone"), required=False)

    PROFILE = (
        "name",
        "organization",
        "organization_other",
        "post",
        "profile",
        "country",
        "language",
        "timezone",
    )

    def __init__(
        self, data: QueryDict | None, *, sessions: QuerySet[Session], initial: dict[str, str | None], by: User
    ) -> None:
        super().__init__(data, initial=initial)
        self.formerly = sees_all_hosts(by)  # others would learn another address of the person by it
        self.sessions = sessions
        field_of(self, "session", forms.ModelChoiceField).queryset = sessions
        field_of(self, "country", forms.ChoiceField).choices = [("", "—"), *countries]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        known = owner_of(facts.get("email", ""), formerly=self.formerly)
        self.needs_profile = known is None or not known.has_profile
        if self.needs_profile and not self.errors:
            for name in ("name", "post", "profile", "country", "timezone"):
                if not facts.get(name):
                    self.add_error(name, _("We do not know this person yet: fill this in."))
            if not facts.get("organization") and not facts.get("organization_other"):
                self.add_error("organization", _("Say whom the person acts for."))
        return facts

    def person(self, *, by: User) -> User:
        """Who this is. What a person has told of themselves is never overwritten."""
        person = find_or_create_person(
            email=self.cleaned_data["email"], language=self.cleaned_data["language"], formerly=self.formerly
        )
        if not person.has_profile:
            update_profile(person=person, by=by, **{name: self.cleaned_data[name] for name in self.PROFILE})
        return person


def coming_sessions(request: HttpRequest, and_also: str | None = None) -> QuerySet[Session]:
    """What people can be added to. `and_also` names one that may be over: the person came from its page."""
    sessions = Session.objects.standing().select_related("activity__host")
    offered = sessions.upcoming(timezone.now())
    number = number_in(and_also or "")
    if number is not None:
        offered = offered | sessions.filter(pk=number)
    return in_scope(offered, person_of(request), host="activity__host").order_by("starts_at")


def hours_notice(form: AddPersonForm) -> str:
    """What the officer goes past in the session that the page was opened for."""
    number = number_in(form.initial.get("session") or "")
    session = form.sessions.filter(pk=number).first() if number is not None else None
    if session is None:
        return ""
    refusals = refusals_for_everybody(session, timezone.now())
    outside = [hour_words(refusal) for refusal in refusals if isinstance(refusal, errors.OutsideHours)]
    return " ".join([*outside, _now("You may add somebody all the same: say why.")]) if outside else ""


def hour_words(refusal: errors.OutsideHours) -> str:
    """Which rule of time it is that staff would go past, on the host's clock."""
    when = shown(refusal.at, refusal.session.zone)
    match refusal:
        case errors.RegistrationNotOpenYet():
            return _now("Registration opens on %(when)s.") % {"when": when}
        case errors.RegistrationClosed():
            return _now("Registration closed on %(when)s.") % {"when": when}
        case errors.MembersFirst():
            return _now("Until %(when)s the places are kept for people of member organizations.") % {
                "when": when
            }
    return _now("The session was over on %(when)s.") % {"when": when}


def refusal_words(refusal: errors.Refused) -> str:
    """The refusals speak to the person; this is what staff need to know."""
    match refusal:
        case errors.OutsideHours():
            return f"{hour_words(refusal)} {_now('You may add the person all the same: say why.')}"
        case errors.SessionCancelled():
            return _now("This session was cancelled, so nobody can be added.")
        case errors.NotOffered():
            if refusal.session.activity.published_at is None:
                return _now("This activity is a draft, which nobody but staff can see. Publish it first.")
            return _now("This activity was withdrawn, so only staff can see it. Publish it again first.")
        case errors.ByApplication():
            return _now("This session takes applications. Change how people are admitted to add somebody.")
        case errors.NobodyMovesUp():
            return _now(
                "All places are taken or waited for, and nobody is let in from the waiting list any more. To let the person "
                "in, choose “Also when all places are taken”."
            )
        case errors.InvitationOnly():
            return _now("This session is by invitation. Invite the address first.")
        case errors.MembersOnly():
            return _now("This session is for people of member organizations, and this person is not of one.")
        case errors.ProfileIncomplete():
            return _now("This person’s profile is not complete.")
        case errors.AccountClosed():
            return _now("This account was closed.")
    return refusal.sentence


def field_refused(refusal: errors.Refused) -> str | None:
    """The field of the form that answers it, if one does."""
    if isinstance(refusal, errors.OutsideHours):
        return "why"
    return "over_places" if isinstance(refusal, errors.NobodyMovesUp) else None
