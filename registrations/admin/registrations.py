"""Registrations: followed, exported, cancelled by staff; a person is added with or beyond the places."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from accounts.http import person_of
from desk.admin import ReadOnly
from desk.clock import shown
from desk.export import Exports
from desk.languages import side_by_side
from desk.steps import Step
from hubs.scope import HostScopedAdmin, OfferingHostsFilter
from membership.standing import Counts, counts
from outbox.kinds import kind_name
from outbox.models import Letter
from texts.numbers import number_in
from texts.rows import listed

from .. import actions, errors
from ..models import Registration
from ..waiting_list import Position, place_in_line
from .adding import AddPersonForm, coming_sessions, field_refused, hours_notice, refusal_words
from .cancelling import CANCELLATION
from .export import RegistrationResource, with_attendance
from .filters import ActivityFilter, ProfileFilter, RegionFilter, SessionFilter

TONES = {
    Registration.State.CONFIRMED: " desk-badge-good",
    Registration.State.HELD: " desk-badge-warning",
    Registration.State.WAITING: " desk-badge-warning",
    Registration.State.CANCELLED: "",
}


def with_position(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Each with its `position` in the waiting list; nothing for who does not wait."""
    return registrations.annotate(
        position=Case(When(state=Registration.State.WAITING, then=place_in_line()), default=None)
    )


@admin.register(Registration)
class RegistrationAdmin(Exports, ReadOnly, HostScopedAdmin[Registration]):
    purpose = _("One row for each person at a session: add, move, cancel or export them.")
    purpose_of_one = _("One person’s place at one session, what was told to them, and what they answered.")
    purpose_of_new = _("For somebody who asked by phone or mail: they get a place, and a letter says so.")
    adds = _("Add a person to a session")
    host_path = "session__activity__host"
    steps: ClassVar[tuple[Step, ...]] = (CANCELLATION,)  # and what rooms above add
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
        ("session__activity__host", OfferingHostsFilter),
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
        people = super().get_queryset(request).filter(person__merged_into=None)
        return with_position(people).select_related(*self.list_select_related)

    def counted(self, rows: QuerySet[Registration]) -> QuerySet[Registration]:
        return rows.annotate(member_confirmed=counts("person", timezone.now()))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """One that ended as two accounts were made one leads to that of the account that stays."""
        ended = super().get_queryset(request).exclude(person__merged_into=None)
        gone = ended.filter(pk=number_in(unquote(object_id)) or 0).select_related("person").first()
        stays = gone and gone.session.registrations.filter(person=gone.person.that_stands).first()
        if stays is None or not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        text = _now("Two accounts of one person were made one. This is the registration that stays.")
        self.message_user(request, text)
        return HttpResponseRedirect(reverse("admin:registrations_registration_change", args=[stays.pk]))

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

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """From the people of one session also to writing to them. The page of the message asks whose session it is."""
        links = super().list_links(request)
        session = number_in(request.GET.get("session__id__exact", ""))
        if session is not None and request.user.has_perm("messaging.send_message"):
            links.insert(0, (reverse("messaging:new", args=[session]), _now("Write to people")))
        return links

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("registrations.add_registration")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registrations.export_registration")

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        return with_attendance(super().get_export_queryset(request))

    def view_on_site(self, obj: Registration) -> str:
        return obj.get_absolute_url()

    # Adding

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AddPersonForm(
            request.POST if request.method == "POST" else None,
            sessions=coming_sessions(request, and_also=request.GET.get("session")),
            initial={"session": request.GET.get("session"), "language": "en"},
            by=person_of(request),
        )
        if form.is_valid() and (registration := self.add_person(request, form)):
            page = reverse("admin:registrations_registration_change", args=[registration.pk])
            return HttpResponseRedirect(page)
        button = _now("Register, and write to the person")
        return self.page_to_new(request, form, button=button, notice=hours_notice(form))

    def add_person(self, request: HttpRequest, form: AddPersonForm) -> Registration | None:
        """The registration; None with a sentence in the form when it is refused."""
        by = person_of(request)
        try:
            with transaction.atomic():
                person = form.person(by=by)
                registration = actions.register(
                    session=form.cleaned_data["session"],
                    person=person,
                    by=by,
                    over_places=form.cleaned_data["over_places"],
                    ground=form.cleaned_data["ground"],
                    discloses=form.needs_profile,  # then staff typed who it is
                    why=form.cleaned_data["why"],
                )
        except errors.Refused as refusal:
            form.add_error(field_refused(refusal), refusal_words(refusal))
            return None
        sentence = (
            _now("%(person)s is on the waiting list.")
            if registration.is_waiting
            else _now("A place is held for %(person)s until it is confirmed that they act for a member.")
            if registration.is_held
            else _now("%(person)s has a place beyond the limit.")
            if registration.over_places
            else _now("%(person)s has a place.")
        )
        messages.success(request, sentence % {"person": registration.seen})
        return registration

    # Looking

    def name_of(self, obj: Registration) -> str:
        return str(obj.seen)

    @admin.display(description=_("name"), ordering="person__name")
    def person_name(self, registration: Registration) -> str:
        return str(registration.seen)

    @admin.display(description=_("e-mail address"), ordering="person__email")
    def email(self, registration: Registration) -> str:
        return registration.person.email

    @admin.display(description=_("organization"), ordering="person__organization__name")
    def organization(self, registration: "WithAnnotations[Registration, Counts]") -> str:
        """Of a membership that somebody has a place by it is told when they alone say it."""
        name = registration.seen.organization_name
        by_membership = registration.session.eligibility in registration.session.OF_MEMBERS
        if by_membership and registration.seen.organization and not registration.member_confirmed:
            return _now("%(organization)s (not confirmed)") % {"organization": name}
        return name

    @admin.display(description=_("activity"), ordering="session__activity__title_en")
    def activity(self, registration: Registration) -> str:
        return registration.session.activity.title

    @admin.display(description=_("starts"), ordering="session__starts_at")
    def starts(self, registration: Registration) -> str:
        return shown(registration.session.starts_at, registration.session.zone)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, registration: "WithAnnotations[Registration, Position]") -> str:
        badge = format_html(
            '<span class="desk-badge{}">{}</span>',
            TONES[Registration.State(registration.state)],
            registration.get_state_display()
            if not registration.is_waiting
            else _now("waiting, number %(position)d in line") % {"position": registration.position},
        )
        if registration.is_held:
            until = _now("until %(when)s") % {
                "when": shown(registration.hold_until, registration.session.zone)
            }
            return format_html("{} {}", badge, until)
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
            "<strong>{}</strong><br>{}<br>{}", person, person.email, listed(fact for fact in facts if fact)
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
                    letter.subject if registration.discloses else kind_name(letter.kind),
                    letter.get_state_display(),
                    shown(letter.written_at, registration.session.zone),
                )
                for letter in letters
            ),
        ) or _now("None")
