"""The desk of one session: who comes, who waits, and what can be done. It is edited on its activity's page."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from accounts.models import User
from catalog import meeting_lines
from catalog.errors import MeetingsOverlap
from catalog.hours import next_hours
from catalog.models import Meeting, Session
from catalog.session_state import state_of
from catalog.wording import where
from desk.admin import ReadOnly
from desk.clock import shown
from desk.fields import PlaceTime, moment
from desk.languages import side_by_side
from desk.steps import Outlook, Step, letters_sentence
from desk.translations import LANGUAGES
from hubs.scope import HostScopedAdmin
from registrations import actions
from registrations.actions.registration_hours import REGISTRATION_HOURS, move_registration_hours
from registrations.admin.reasons import NeededReason, reason_fields, reasons_in
from registrations.errors import Refused, RegistrationHoursCross
from registrations.models import Invitation, Registration
from texts.languages import language_name

from .recipients import drops_a_meeting, recipients_of_cancellation
from .session_form import MEETINGS_HELP, hours_in_words

SHOWN_PEOPLE = 100


def refusal_to_change(session: Session) -> str:
    if session.is_cancelled:
        return _now("It was cancelled.")
    if session.ends_at <= timezone.now():
        return _now("It is over.")
    return ""


def look_at_change(session: Session) -> Outlook:
    if refusal := refusal_to_change(session):
        return Outlook(session, refusal=refusal)
    return Outlook(
        session,
        _now(
            "Times are on the clock of %(zone)s. A new time or place is told to everybody confirmed or waiting; a new way "
            "to join alone only from an hour before the start on, to those confirmed."
        )
        % {"zone": session.timezone},
        recipients_of_cancellation(session),
    )


MOVES_ALONG = _("Left as it is, it moves with the start.")


class RescheduleForm(forms.Form):
    """When and where one session takes place, and how to join it."""

    meetings_text = forms.CharField(
        label=_("Meetings"),
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "class": "vLargeTextField desk-lines", "spellcheck": "false"}
        ),
        help_text=MEETINGS_HELP,
    )
    starts_at = PlaceTime(label=_("Window opens"))
    ends_at = PlaceTime(label=_("Window closes"))
    joining_link = forms.URLField(
        label=_("Joining link"), required=False, max_length=500, assume_scheme="https"
    )
    joining_note = forms.CharField(label=_("Joining note"), required=False, max_length=300)

    registration_opens_at = PlaceTime(label=_("Registration opens"), help_text=MOVES_ALONG)
    members_first_until = PlaceTime(label=_("Members first until"), help_text=MOVES_ALONG)
    registration_closes_at = PlaceTime(label=_("Registration closes"), help_text=MOVES_ALONG)

    def __init__(self, session: Session, **kwargs: Any) -> None:
        initial = {
            **{name: getattr(session, name) for name in REGISTRATION_HOURS},
            "meetings_text": meeting_lines.write(session.meetings.all(), session.zone),
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "joining_link": session.joining_link,
            "joining_note": session.joining_note,
        }
        for code in LANGUAGES:
            initial[f"venue_{code}"] = getattr(session, f"venue_{code}") or ""
        super().__init__(initial=initial, **kwargs)
        self.session = session
        self.fields["meetings_text"].widget.attrs["rows"] = max(4, session.meetings.count() + 1)
        for name in ("meetings_text",) if session.self_paced else ("starts_at", "ends_at"):
            del self.fields[name]
        for name in REGISTRATION_HOURS:
            self.fields[name].zone = session.zone
            if not initial[name]:
                del self.fields[name]  # it hangs on nothing that could move
        for name in ("starts_at", "ends_at"):
            if name in self.fields:
                self.fields[name].zone = session.zone
                self.fields[name].required = True
        for code in LANGUAGES:
            self.fields[f"venue_{code}"] = forms.CharField(
                label=_now("Venue in %(language)s") % {"language": language_name(code)},
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"lang": code, "class": "vTextField"}),
            )
        self.fields |= reason_fields("reason_", needed=False)

    def clean(self) -> dict[str, Any]:
        """What actions.reschedule takes: only what is other than before."""
        typed, session = self.cleaned_data, self.session
        facts: dict[str, Any] = {}
        if session.self_paced:
            for name in ("starts_at", "ends_at"):
                try:
                    if typed.get(name):
                        facts[name] = moment(typed[name], session.zone, was=getattr(session, name))
                except ValidationError as error:
                    self.add_error(name, error)
            if facts.get("starts_at") and facts.get("ends_at") and facts["ends_at"] <= facts["starts_at"]:
                self.add_error("ends_at", _now("The window closes before it opens."))
        elif "meetings_text" in typed:
            try:
                lines = meeting_lines.read(typed["meetings_text"], session.zone)
            except ValidationError as error:
                self.add_error("meetings_text", error)
            else:
                if lines and lines[-1].ends_at <= timezone.now():
                    self.add_error("meetings_text", _now("It would be over already."))
                if not lines:
                    self.add_error("meetings_text", _now("Give at least one meeting."))
                elif not meeting_lines.same(session.meetings.all(), lines):
                    facts["meetings"] = [line.as_times() for line in lines]
        self.clean_registration_hours(typed, facts)
        facts["venue"] = {code: typed.get(f"venue_{code}", "") for code in LANGUAGES}
        facts["joining_link"], facts["joining_note"] = typed.get("joining_link"), typed.get("joining_note")
        facts["reason"] = reasons_in(typed, "reason_")
        if drops_a_meeting(session, facts.get("meetings")) and "en" not in facts["reason"]:
            self.add_error("reason_en", _now("Say why the meeting no longer takes place: people are told."))
        return facts

    def clean_registration_hours(self, typed: dict[str, Any], facts: dict[str, Any]) -> None:
        """Those that somebody typed otherwise are decided; the others move with the start."""
        session, decided = self.session, {}
        for name in REGISTRATION_HOURS:
            if name not in self.fields or name in self.errors or self.add_prefix(name) not in self.data:
                continue
            try:
                at = moment(typed.get(name), session.zone, was=getattr(session, name))
            except ValidationError as error:
                self.add_error(name, error)
                continue
            if at != getattr(session, name):
                decided[name] = at
        facts["registration_hours"] = decided
        if not decided.get("members_first_until", True) and session.eligibility == "members_first":
            self.add_error("members_first_until", _now("Say until when registration is kept for members."))
        moved = copy(session)
        if "meetings" in facts:
            moved.starts_at, moved.ends_at = facts["meetings"][0][0], facts["meetings"][-1][1]
        moved.starts_at = facts.get("starts_at") or moved.starts_at
        moved.ends_at = facts.get("ends_at") or moved.ends_at
        closes = decided.get("registration_closes_at")
        if closes and closes > moved.ends_at:
            self.add_error("registration_closes_at", _now("Registration closes after the session is over."))
        try:
            move_registration_hours(
                moved, start_before=session.starts_at, decided=decided, now=timezone.now()
            )
        except RegistrationHoursCross as refusal:
            self.add_error("registration_closes_at", refusal.sentence)


def reschedule(session: Session, *, by: User, **facts: Any) -> str:
    before = copy(session)
    letters = letters_sentence(actions.reschedule(session=session, by=by, **facts))
    session.refresh_from_db(fields=REGISTRATION_HOURS)
    return " ".join([letters, hours_in_words(session, REGISTRATION_HOURS, before)]).strip()


def look_at_cancellation(session: Session) -> Outlook:
    if session.is_cancelled:
        return Outlook(session, refusal=_now("It was cancelled before."))
    if refusal := refusal_to_change(session):
        return Outlook(session, refusal=refusal)
    return Outlook(session, _now("There is no way back."), recipients_of_cancellation(session))


def cancel_session(session: Session, *, by: User, reason: dict[str, str]) -> str:
    letters = actions.cancel_session(session=session, reason=reason, by=by)
    return _now("cancelled. %(letters)s") % {"letters": letters_sentence(letters)}


class PlacesForm(forms.Form):
    places = forms.IntegerField(label=_("Places"), required=False, min_value=0, max_value=1_000_000)

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(initial={"places": session.places}, **kwargs)
        self.fields["places"].help_text = _now("Empty means no limit.")


def look_at_places(session: Session) -> Outlook:
    if refusal := refusal_to_change(session):
        return Outlook(session, refusal=refusal)
    sentence = _now(
        "%(taken)d confirmed, %(waiting)d waiting. For each place more the next of those waiting is let in and "
        "written to; with fewer places nobody is thrown out."
    ) % {"taken": session.places_taken, "waiting": session.waiting_count}
    return Outlook(session, sentence, letters_known=False)


def change_places(session: Session, *, by: User, places: int | None) -> str:
    let_in = actions.change_places(session=session, places=places, by=by)
    return ngettext("%(count)d person was let in.", "%(count)d people were let in.", len(let_in)) % {
        "count": len(let_in)
    }


def can_change(session: Session) -> bool:
    return not refusal_to_change(session)


RESCHEDULING = Step(
    noun="rescheduling",
    label=_("Reschedule or move"),
    question=_("Change time, place or way to join?"),
    button=_("Change, and write to people"),
    permission="catalog.change_session",
    look=look_at_change,
    do=reschedule,
    refusals=(Refused, MeetingsOverlap),
    form_of=RescheduleForm,
    makes_sense=can_change,
)
CANCELLATION = Step(
    noun="cancellation",
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
PLACES = Step(
    noun="places",
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


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("past", _("past")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            if choice["query_string"] == changelist.get_query_string(remove=[self.parameter_name]):
                choice["display"] = _now("coming")
            yield choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        match self.value():
            case None:
                return queryset.upcoming(timezone.now())
            case "past":
                return queryset.filter(ends_at__lte=timezone.now())
        return queryset


class FullnessFilter(admin.SimpleListFilter):
    title = _("places")
    parameter_name = "fullness"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("left", _("places left")), ("waiting", _("people waiting")), ("over", _("overbooked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        match self.value():
            case "left":
                return queryset.with_places_left()
            case "waiting":
                return queryset.filter(waiting_count__gt=0)
            case "over":
                return queryset.filter(places_taken__gt=F("places"))
        return queryset


@admin.register(Session)
class SessionAdmin(ReadOnly, HostScopedAdmin):
    host_path = "activity__host"
    steps = (RESCHEDULING, PLACES, CANCELLATION)
    list_display = ["activity", "when", "state", "people", "waiting_count", "host"]
    list_filter = [
        WhenFilter,
        FullnessFilter,
        ("activity__host", admin.RelatedOnlyFieldListFilter),
        ("cancelled_at", admin.EmptyFieldListFilter),
        "admission",
        "eligibility",
    ]
    list_select_related = ["activity__host"]
    search_fields = [*side_by_side("activity__title"), *side_by_side("label")]
    search_help_text = _("Title of the activity, in any language")
    ordering = ["starts_at", "id"]
    fieldsets = [
        (None, {"fields": ["activity_link", ("when", "state"), "meetings_shown", "where"]}),
        (
            _("People"),
            {"fields": [("people", "waiting_count"), "confirmed_people", "waiting_people", "invited"]},
        ),
        (_("Registration"), {"fields": [("admission", "eligibility"), ("opens", "closes", "members_until")]}),
        (
            _("Cancellation"),
            {"fields": [("cancelled_at", "cancelled_by"), "cancellation_reason"], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).prefetch_related("meetings")

    def has_change_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False

    def history_parts(self, obj: Session) -> dict:
        return {Meeting: {"session": obj.pk}, Invitation: {"session": obj.pk}}

    def object_links(self, request: HttpRequest, obj: Session) -> list[tuple[str, str]]:
        page = reverse("admin:catalog_activity_change", args=[obj.activity_id])
        links = super().object_links(request, obj)
        if request.user.has_perm("catalog.change_activity"):
            links.insert(0, (f"{page}#sessions-group", str(_("Edit on the activity’s page"))))
        of_this = urlencode({"session": obj.pk})
        if request.user.has_perm("outbox.view_letter"):
            links.append((f"{reverse('admin:outbox_letter_changelist')}?{of_this}", str(_("Letters"))))
        # Who came without being registered is added when it is over, too.
        if request.user.has_perm("registrations.add_registration") and not obj.is_cancelled:
            links.append(
                (f"{reverse('admin:registrations_registration_add')}?{of_this}", str(_("Add a person")))
            )
        if request.user.has_perm("registrations.add_invitation") and can_change(obj):
            links.append(
                (f"{reverse('admin:registrations_invitation_add')}?{of_this}", str(_("Invite addresses")))
            )
        return links

    def view_on_site(self, obj: Session) -> str:
        return obj.get_absolute_url()

    @admin.display(description=_("activity"))
    def activity_link(self, session: Session) -> str:
        page = reverse("admin:catalog_activity_change", args=[session.activity_id])
        return format_html('<a href="{}">{}</a> {}', page, session.activity, session.label)

    @admin.display(description=_("host"), ordering="activity__host__name")
    def host(self, session: Session) -> str:
        return session.activity.host_name

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, session: Session) -> str:
        if session.self_paced:
            return _now("%(opens)s until %(closes)s") % {
                "opens": shown(session.starts_at, session.zone),
                "closes": shown(session.ends_at, session.zone),
            }
        start, _end = next_hours(session, timezone.now()) or session.hours[0]
        return shown(start, session.zone)

    @admin.display(description=_("state"))
    def state(self, session: Session) -> str:
        return state_of(session, timezone.now()).name

    @admin.display(description=_("places taken"), ordering="places_taken")
    def people(self, session: Session) -> str:
        if session.places is None:
            return str(session.places_taken)
        taken = _now("%(taken)d of %(places)d") % {"taken": session.places_taken, "places": session.places}
        if session.is_overbooked:
            badge = _now("overbooked by %(count)d") % {"count": session.places_taken - session.places}
            return format_html('{} <span class="desk-badge desk-badge-bad">{}</span>', taken, badge)
        return taken

    @admin.display(description=_("meetings"))
    def meetings_shown(self, session: Session) -> str:
        lines = meeting_lines.write(session.meetings.all(), session.zone)
        return (
            format_html('<pre class="desk-lines">{}</pre>{}', lines, session.timezone)
            if lines
            else _now("None")
        )

    @admin.display(description=_("where"))
    def where(self, session: Session) -> str:
        return where(session) if session.place else session.joining_link

    @admin.display(description=_("registration opens"))
    def opens(self, session: Session) -> str:
        return shown(session.registration_opens_at, session.zone)

    @admin.display(description=_("registration closes"))
    def closes(self, session: Session) -> str:
        return shown(session.closes_at, session.zone)

    @admin.display(description=_("members first until"))
    def members_until(self, session: Session) -> str:
        return shown(session.members_first_until, session.zone)

    @admin.display(description=_("confirmed people"))
    def confirmed_people(self, session: Session) -> str:
        return people_list(
            session, session.registrations.confirmed().order_by("confirmed_at", "id"), "confirmed"
        )

    @admin.display(description=_("waiting list"))
    def waiting_people(self, session: Session) -> str:
        return people_list(session, session.registrations.waiting(), "waiting")

    @admin.display(description=_("invited"))
    def invited(self, session: Session) -> str:
        count = session.invitations.count()
        page = reverse("admin:registrations_invitation_changelist")
        return (
            format_html('<a href="{}?session__id__exact={}">{}</a>', page, session.pk, count)
            if count
            else "0"
        )


def people_list(session: Session, registrations: QuerySet[Registration], state: str) -> str:
    """The first of them in order, and the way to all."""
    rows = list(registrations.select_related("person__organization")[: SHOWN_PEOPLE + 1])
    page = reverse("admin:registrations_registration_changelist")
    address = f"{page}?{urlencode({'session__id__exact': session.pk, 'state__exact': state})}"
    if not rows:
        return _now("Nobody.")
    items = format_html_join(
        "",
        '<li><a href="{}">{}</a>, {}{}</li>',
        (
            (
                reverse("admin:registrations_registration_change", args=[registration.pk]),
                registration.seen,
                registration.seen.organization_name,
                format_html(' <span class="desk-badge desk-badge-bad">{}</span>', _now("beyond the places"))
                if registration.over_places
                else "",
            )
            for registration in rows[:SHOWN_PEOPLE]
        ),
    )
    everyone = format_html('<p><a href="{}">{}</a></p>', address, _now("Open as a list"))
    return format_html('<ol class="desk-people">{}</ol>{}', items, everyone)
