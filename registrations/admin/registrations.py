"""Registrations: followed, exported, cancelled by staff; a person is added with or beyond the places."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.actions import find_or_create_person, update_profile
from accounts.admin_fields import ZoneChoice
from accounts.country_field import countries
from accounts.models import Organization, User
from accounts.regions import Region
from catalog.models import Session
from desk.admin import ReadOnly
from desk.clock import shown
from desk.export import Exports
from desk.languages import side_by_side
from desk.steps import Outlook, Step
from hubs.scope import HostScopedAdmin, in_scope
from outbox.models import Letter
from texts.names import NameFormField
from texts.numbers import number_in

from .. import actions, errors
from ..eligibility import refusals_for_everybody
from ..models import Registration
from ..waiting_list import place_in_line
from .export import RegistrationResource
from .reasons import NeededReason

TONES = {
    Registration.State.CONFIRMED: " desk-badge-good",
    Registration.State.WAITING: " desk-badge-warning",
    Registration.State.CANCELLED: "",
}


def with_position(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Each with its `position` in the waiting list; nothing for who does not wait."""
    return registrations.annotate(
        position=Case(When(state=Registration.State.WAITING, then=place_in_line()), default=None)
    )


def look_at_cancellation(registration: Registration) -> Outlook:
    seen = registration.seen
    title = ", ".join(str(part) for part in (seen, seen.organization_name) if part)
    if not registration.is_standing:
        return Outlook(registration, refusal=_now("It was cancelled before."), title=title)
    if registration.session.ends_at <= timezone.now():
        return Outlook(registration, refusal=_now("The session is over."), title=title)
    if registration.is_confirmed:
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


class AddPersonForm(forms.Form):
    """Somebody registered by staff: known by their e-mail address, or new."""

    session: Any = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none())
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

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions
        self.fields["country"].choices = [("", "—"), *countries]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        known = User.objects.filter(email__iexact=facts.get("email", "")).first()
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
            email=self.cleaned_data["email"], language=self.cleaned_data["language"]
        )
        if not person.has_profile:
            update_profile(person=person, by=by, **{name: self.cleaned_data[name] for name in self.PROFILE})
        return person


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


class RegionFilter(admin.SimpleListFilter):
    title = _("region of the organization")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list:
        return Region.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        # Whom the host may not see yet is in no answer but that to everything.
        asked = queryset.filter(discloses=True, person__organization__region=self.value())
        return asked if self.value() else queryset


class ProfileFilter(admin.SimpleListFilter):
    title = _("profile")
    parameter_name = "person__profile__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list:
        return User.Profile.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        return queryset.filter(discloses=True, person__profile=self.value()) if self.value() else queryset


class ChosenFilter(admin.SimpleListFilter):
    """A filter that links set (one session, one activity): shown by its name, and taken away by “All”.

    A list of all sessions to choose from would be too long.
    """

    field = ""
    model: type = Session

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        value = request.GET.get(self.parameter_name or "")
        if not value or not (value.isascii() and value.isdigit()):
            return []
        rows = model_admin.admin_site.get_model_admin(self.model).get_queryset(request)
        return [(value, str(row)) for row in rows.filter(pk=value)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        value = self.value()
        return queryset.filter(**{self.field: value}) if value else queryset


class SessionFilter(ChosenFilter):
    title = _("session")
    parameter_name = "session__id__exact"
    field = "session"
    model = Session


class ActivityFilter(ChosenFilter):
    title = _("activity")
    parameter_name = "activity"
    field = "session__activity"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        from catalog.models import Activity

        self.model = Activity
        return super().lookups(request, model_admin)


@admin.register(Registration)
class RegistrationAdmin(Exports, ReadOnly, HostScopedAdmin):
    host_path = "session__activity__host"
    steps = (CANCELLATION,)
    resource_classes = [RegistrationResource]
    list_display = [
        "person_name",
        "state_badge",
        "activity",
        "starts",
        "organization",
        "email",
        "registered",
    ]
    list_filter = [
        "state",
        SessionFilter,
        ActivityFilter,
        ("session__activity__host", admin.RelatedOnlyFieldListFilter),
        RegionFilter,
        ProfileFilter,
        "over_places",
    ]
    list_select_related = ["person__organization", "session__activity__host"]
    search_fields = [
        "person__name",
        "person__email",
        "code",
        "person__organization__name",
        "person__organization_other",
        *side_by_side("session__activity__title"),
    ]
    search_help_text = _("Name, e-mail address, organization, code, or title of the activity in any language")
    ordering = ["-registered_at", "-id"]
    fieldsets = [
        (None, {"fields": ["person_facts", "how_it_came", "session_link", ("state_badge", "code"), "note"]}),
        (
            _("Dates, on the host’s clock"),
            {
                "fields": [
                    ("registered", "queued"),
                    ("confirmed", "cancelled"),
                    ("cancelled_for", "cancelled_by"),
                ]
            },
        ),
        (_("Letters"), {"fields": ["letters"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        return with_position(super().get_queryset(request)).select_related(*self.list_select_related)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Registration], search_term: str
    ) -> tuple[QuerySet[Registration], bool]:
        """Whom the host may not see yet is found by the e-mail address and the code alone."""
        registrations, repeats = super().get_search_results(request, queryset, search_term)
        if search_term.strip():
            term = search_term.strip()
            known = Q(discloses=True) | Q(person__email__icontains=term) | Q(code__iexact=term)
            registrations = registrations.filter(known)
        return registrations, repeats

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("registrations.add_registration")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registrations.export_registration")

    def view_on_site(self, obj: Registration) -> str:
        return obj.get_absolute_url()

    # Adding

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AddPersonForm(
            request.POST if request.method == "POST" else None,
            sessions=coming_sessions(request, and_also=request.GET.get("session")),
            initial={"session": request.GET.get("session"), "language": "en"},
        )
        status = 200
        if request.method == "POST":
            if form.is_valid() and (registration := self.add_person(request, form)):
                page = reverse("admin:registrations_registration_change", args=[registration.pk])
                return HttpResponseRedirect(page)
            status = 422
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Add a person to a session"),
            "opts": self.opts,
            "form": form,
            "notice": hours_notice(form),
            "button": _now("Register, and write to the person"),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/desk_form.html", context, status=status)

    def add_person(self, request: HttpRequest, form: AddPersonForm) -> Registration | None:
        """The registration; None with a sentence in the form when it is refused."""
        try:
            with transaction.atomic():
                person = form.person(by=request.user)
                registration = actions.register(
                    session=form.cleaned_data["session"],
                    person=person,
                    by=request.user,
                    over_places=form.cleaned_data["over_places"],
                    ground=form.cleaned_data["ground"],
                    discloses=form.needs_profile,  # then staff typed who it is
                    why=form.cleaned_data["why"],
                )
        except errors.Refused as refusal:
            field = {errors.NobodyMovesUp: "over_places"}.get(
                type(refusal), "why" if isinstance(refusal, errors.OutsideHours) else None
            )
            form.add_error(field, refusal_words(refusal))
            return None
        sentence = (
            _now("%(person)s is on the waiting list.")
            if registration.is_waiting
            else _now("%(person)s has a place beyond the limit.")
            if registration.over_places
            else _now("%(person)s has a place.")
        )
        messages.success(request, sentence % {"person": registration.seen})
        return registration

    # Looking

    @admin.display(description=_("name"), ordering="person__name")
    def person_name(self, registration: Registration) -> str:
        return str(registration.seen)

    @admin.display(description=_("e-mail address"), ordering="person__email")
    def email(self, registration: Registration) -> str:
        return registration.person.email

    @admin.display(description=_("organization"), ordering="person__organization__name")
    def organization(self, registration: Registration) -> str:
        """A membership that somebody has a place by is what they said of themselves: nobody has confirmed it."""
        name = registration.seen.organization_name
        kinds = registration.session.Eligibility
        by_membership = registration.session.eligibility in (kinds.MEMBERS_ONLY, kinds.MEMBERS_FIRST)
        if by_membership and registration.seen.organization:
            return _now("%(organization)s (not confirmed)") % {"organization": name}
        return name

    @admin.display(description=_("activity"), ordering="session__activity__title_en")
    def activity(self, registration: Registration) -> str:
        return registration.session.activity.title

    @admin.display(description=_("starts"), ordering="session__starts_at")
    def starts(self, registration: Registration) -> str:
        return shown(registration.session.starts_at, registration.session.zone)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, registration: Registration) -> str:
        badge = format_html(
            '<span class="desk-badge{}">{}</span>',
            TONES[Registration.State(registration.state)],
            registration.get_state_display()
            if not registration.is_waiting
            else _now("waiting, number %(position)d in line") % {"position": registration.position},
        )
        if registration.over_places and registration.is_confirmed:
            beyond = _now("beyond the places")
            return format_html('{} <span class="desk-badge desk-badge-bad">{}</span>', badge, beyond)
        return badge

    @admin.display(description=_("registered"), ordering="registered_at")
    def registered(self, registration: Registration) -> str:
        return shown(registration.registered_at, registration.session.zone)

    @admin.display(description=_("in line since"))
    def queued(self, registration: Registration) -> str:
        return shown(registration.queued_at, registration.session.zone)

    @admin.display(description=_("confirmed"))
    def confirmed(self, registration: Registration) -> str:
        return shown(registration.confirmed_at, registration.session.zone)

    @admin.display(description=_("cancelled"))
    def cancelled(self, registration: Registration) -> str:
        return shown(registration.cancelled_at, registration.session.zone)

    @admin.display(description=_("person"))
    def person_facts(self, registration: Registration) -> str:
        person = registration.seen
        facts = [person.post, person.get_profile_display(), person.organization_name, person.country.name]
        return format_html(
            "<strong>{}</strong><br>{}<br>{}", person, person.email, ", ".join(fact for fact in facts if fact)
        )

    @admin.display(description=_("how it came"))
    def how_it_came(self, registration: Registration) -> str:
        if not registration.ground:
            return _now("The person registered.")
        words = _now("Staff registered the person: %(ground)s.") % {
            "ground": registration.get_ground_display()
        }
        if registration.discloses:
            return words
        return f"{words} {_now('More than the address is shown once the person agrees.')}"

    @admin.display(description=_("session"))
    def session_link(self, registration: Registration) -> str:
        session = registration.session
        page = reverse("admin:catalog_session_change", args=[session.pk])
        return format_html(
            '<a href="{}">{}</a>, {}', page, session.activity, shown(session.starts_at, session.zone)
        )

    @admin.display(description=_("letters"))
    def letters(self, registration: Registration) -> str:
        letters = Letter.objects.about(registration).defer("text", "html", "calendar")
        return format_html_join(
            "",
            '<p><a href="{}">{}</a> – {} ({})</p>',
            (
                (
                    reverse("admin:outbox_letter_change", args=[letter.pk]),
                    letter.subject,
                    letter.get_state_display(),
                    shown(letter.written_at, registration.session.zone),
                )
                for letter in letters
            ),
        ) or _now("None")


def coming_sessions(request: HttpRequest, and_also: str | None = None) -> QuerySet[Session]:
    """What people can be added to. `and_also` names one that may be over: the person came from its page."""
    sessions = Session.objects.standing().select_related("activity__host")
    offered = sessions.upcoming(timezone.now())
    number = number_in(and_also or "")
    if number is not None:
        offered = offered | sessions.filter(pk=number)
    return in_scope(offered, request.user, host="activity__host").order_by("starts_at")


def hours_notice(form: AddPersonForm) -> str:
    """What the officer goes past in the session that the page was opened for."""
    number = number_in(form.initial.get("session") or "")
    session = form.fields["session"].queryset.filter(pk=number).first() if number is not None else None
    if session is None:
        return ""
    refusals = refusals_for_everybody(session, timezone.now())
    outside = [hour_words(refusal) for refusal in refusals if isinstance(refusal, errors.OutsideHours)]
    return " ".join([*outside, _now("You may add somebody all the same: say why.")]) if outside else ""
