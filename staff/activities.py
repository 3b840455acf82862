"""An activity on one screen: its words in three languages, its sessions with their meetings, its speakers and materials.

What people who registered must hear of is not saved at once: a page says who is written to, and asks.
"""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.forms import all_valid
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from accounts.models import User
from accounts.regions import Region
from catalog import actions as catalog_actions
from catalog.errors import CannotDelete, CannotPublish, MeetingsOverlap
from catalog.models import Activity, Material, Meeting, Session, Speaker
from catalog.wording import where
from desk.clock import shown
from desk.confirm_translation import confirm_translation
from desk.edit_conflict import edit_conflict
from desk.fields import Checkboxes, Lines, language_choices
from desk.form_errors import WENT_BACK
from desk.languages import SideBySide, TranslationsFilter, badges, side_by_side, translation_summary
from desk.steps import Outlook, Step, letters_sentence, recipients_sentence
from hubs.coverage import sessions_without_agreement
from hubs.models import Host
from hubs.scope import HostScoped, sees_all_hosts
from registrations.errors import Refused
from registrations.models import Invitation

from .picture_field import WithPicture, kept_name
from .recipients import drops_a_meeting, recipients_of_change, recipients_of_more_places
from .session_form import SessionForm, save_session

# As many as a question can hold.
SHOWN_SESSIONS = 5


class ActivityForm(WithPicture):
    languages = Checkboxes(label=_("Working languages"), choices=language_choices)
    interpretation = Checkboxes(label=_("Interpretation into"), choices=language_choices)
    audiences = Checkboxes(label=_("Audience"), choices=User.Profile.choices, help_text=_("None means both."))
    regions = Checkboxes(
        label=_("For members of"), choices=Region.choices, help_text=_("None means all regions.")
    )
    partners = Lines(label=_("Partners"))

    # The person looked at the page that asks, and went back to the form.
    went_back = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("languages", "interpretation", "audiences", "regions"):
            if name in self.fields:
                self.fields[name].offer(getattr(self.instance, name))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if "host" in self.fields and not facts.get("host") and not facts.get("offered_by"):
            self.add_error("host", _("Say which host offers it. For history of others, say who offered it."))
        since, until = facts.get("held_on"), facts.get("held_until")
        if until and (not since or until < since):
            self.add_error("held_until", _("It cannot end before it begins."))
        if self.went_back:
            raise ValidationError(_("Nothing is saved yet."), code=WENT_BACK)
        return facts


class SessionFormSet(BaseInlineFormSet):
    by: User

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The host is the one chosen on this page: while a new activity has none, the clock is the host's, whoever it is."""
        kwargs = super().get_form_kwargs(index)
        return kwargs | {"host": self.instance.host, "former_host": self.former_host}

    @cached_property
    def former_host(self) -> Host | None:
        """As it is stored, which a form that is being saved may change."""
        if not self.instance.pk or not self.is_bound:
            return None
        return Host.objects.filter(activities=self.instance.pk).first()

    def save_all(self) -> int:
        """Write what changed. Answers how many letters were written."""
        self.new_objects: list = []
        self.changed_objects: list = []
        self.deleted_objects: list = []
        self.moved_along: list[str] = []
        letters = 0
        for form in self.deleted_forms:
            if form.instance.pk:
                self.deleted_objects.append(form.instance)
                form.instance.delete()
        for form in self.forms:
            if form in self.deleted_forms or not form.has_changed():
                continue
            is_new = form.instance.pk is None
            form.instance.activity = self.instance
            letters += save_session(form, by=self.by)
            if form.moved_along:
                self.moved_along.append(f"{form.instance}: {form.moved_along}")
            (self.new_objects if is_new else self.changed_objects).append(
                form.instance if is_new else (form.instance, form.changed_data)
            )
        return letters


class SessionInline(SideBySide, TranslationStackedInline):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    extra = 0
    show_change_link = True
    view_on_site = False
    fieldsets = [
        (None, {"fields": [side_by_side("label"), "timezone", "meetings_text"]}),
        (_("Self-paced"), {"fields": [("self_paced", "starts_at", "ends_at")], "classes": ["collapse"]}),
        (_("Where"), {"fields": [side_by_side("venue"), ("joining_link", "joining_note")]}),
        (
            _("Who and when to register"),
            {
                "fields": [
                    ("admission", "eligibility", "members_first_until"),
                    ("places", "registration_opens_at", "registration_closes_at", "late_registration"),
                ]
            },
        ),
        (_("Reminders"), {"fields": ["reminder_leads"], "classes": ["collapse"]}),
    ]

    def get_extra(self, request: HttpRequest, obj: Activity | None = None, **kwargs: Any) -> int:
        return 0 if obj and obj.sessions.exists() else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).select_related("activity").prefetch_related("meetings")


class SpeakerInline(SideBySide, TranslationStackedInline):
    model = Speaker
    extra = 1
    fieldsets = [(None, {"fields": [("name", "organization", "position"), side_by_side("role")]})]


class MaterialFormSet(BaseInlineFormSet):
    @cached_property
    def sessions(self) -> list[tuple[Any, str]]:
        """Those of this activity, asked for once for all forms. A new activity has none to choose from yet."""
        of_activity = self.instance.sessions.all() if self.instance.pk else []
        return [("", _now("every session"))] + [
            (session.pk, f"{session.starts_at.astimezone(session.zone):%Y-%m-%d} {session.label}".strip())
            for session in of_activity
        ]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if field := form.fields.get("session"):
            field.queryset = Session.objects.filter(activity=self.instance.pk)
            field.widget = forms.Select(choices=self.sessions)


class MaterialInline(SideBySide, TranslationStackedInline):
    model = Material
    formset = MaterialFormSet
    extra = 0
    fieldsets = [
        (None, {"fields": [side_by_side("title"), ("link", "language", "position"), ("shown_to", "session")]})
    ]

    def get_extra(self, request: HttpRequest, obj: Activity | None = None, **kwargs: Any) -> int:
        return 0 if obj and obj.materials.exists() else 1


def look_at_publishing(activity: Activity) -> Outlook:
    if activity.is_public:
        return Outlook(activity, refusal=_now("It is public already."))
    try:
        catalog_actions.refuse_unfinished(activity)
    except CannotPublish as reason:
        return Outlook(activity, refusal=reason.sentence)
    return Outlook(activity, " ".join([_now("Everybody will see it."), *when_and_where(activity)]))


def when_and_where(activity: Activity) -> list[str]:
    """When each of the next sessions begins, on which clock, and at which place; and where that clock is not the host's."""
    coming = activity.sessions.standing().upcoming(timezone.now())
    sentences = []
    for session in coming.order_by("starts_at", "pk")[:SHOWN_SESSIONS]:
        at, host = session.starts_at, activity.host
        sentences.append(
            _now("It begins %(when)s, at: %(place)s.")
            % {"when": shown(at, session.zone), "place": where(session) if session.place else _now("online")}
        )
        if host and at.astimezone(host.zone).utcoffset() != at.astimezone(session.zone).utcoffset():
            sentences.append(
                _now("This is not the clock of the host, where it is then %(when)s.")
                % {"when": shown(at, host.zone)}
            )
    return sentences


def publish(activity: Activity, *, by: User) -> str:
    catalog_actions.publish(activity=activity, by=by)
    return _now("public now.")


def look_at_withdrawing(activity: Activity) -> Outlook:
    if not activity.is_public:
        return Outlook(activity, refusal=_now("It is not public."))
    registered = sum(
        activity.sessions.upcoming(timezone.now())
        .standing()
        .annotate(
            how_many=Count("registrations", filter=Q(registrations__state__in=["confirmed", "waiting"]))
        )
        .values_list("how_many", flat=True)
    )
    if registered:
        sentence = ngettext(
            "Only staff will see it. %(count)d person is registered for what is coming and stays so: "
            "cancel the sessions instead if they will not take place.",
            "Only staff will see it. %(count)d people are registered for what is coming and stay so: "
            "cancel the sessions instead if they will not take place.",
            registered,
        ) % {"count": registered}
    else:
        sentence = _now("Only staff will see it.")
    return Outlook(activity, sentence)


def withdraw(activity: Activity, *, by: User) -> str:
    catalog_actions.withdraw(activity=activity, by=by)
    return _now("withdrawn; only staff see it.")


def look_at_deletion(activity: Activity) -> Outlook:
    try:
        catalog_actions.refuse_to_delete(activity)
    except CannotDelete as reason:
        return Outlook(activity, refusal=reason.sentence)
    counts = {
        _now("sessions"): activity.sessions.count(),
        _now("invited addresses"): Invitation.objects.filter(session__activity=activity).count(),
        _now("speakers"): activity.speakers.count(),
        _now("materials"): activity.materials.count(),
    }
    parts = ", ".join(f"{name}: {count}" for name, count in counts.items() if count)
    if activity.published_at:
        sentence = _now("It is history without a session. It goes for good, from the public pages too.")
    else:
        sentence = _now("Nobody but staff ever saw it. It goes for good, with all that hangs on it.")
    return Outlook(activity, f"{sentence} {parts}".strip())


def delete(activity: Activity, *, by: User) -> str:
    catalog_actions.delete_draft(activity=activity, by=by)
    return _now("deleted.")


def may_be_deleted(activity: Activity) -> bool:
    return not look_at_deletion(activity).refusal


PUBLICATION = Step(
    noun="publication",
    label=_("Publish"),
    question=ngettext_lazy("Publish this activity?", "Publish these %(count)d activities?", "count"),
    button=_("Publish"),
    permission="catalog.publish_activity",
    look=look_at_publishing,
    do=publish,
    refusals=(CannotPublish,),
    makes_sense=lambda activity: not activity.is_public,
)
WITHDRAWAL = Step(
    noun="withdrawal",
    label=_("Withdraw"),
    question=ngettext_lazy("Withdraw this activity?", "Withdraw these %(count)d activities?", "count"),
    button=_("Withdraw"),
    permission="catalog.publish_activity",
    look=look_at_withdrawing,
    do=withdraw,
    refusals=(CannotPublish,),
    makes_sense=lambda activity: activity.is_public,
    serious=True,
)


DELETION = Step(
    noun="deletion",
    label=_("Delete the draft"),
    question=ngettext_lazy("Delete this draft?", "Delete these %(count)d drafts?", "count"),
    button=_("Delete for good"),
    permission="catalog.delete_activity",
    look=look_at_deletion,
    do=delete,
    refusals=(CannotDelete,),
    makes_sense=may_be_deleted,
    serious=True,
)


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("draft", _("draft")), ("public", _("public")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        match self.value():
            case "draft":
                return queryset.filter(published_at=None)
            case "public":
                return queryset.filter(published_at__isnull=False, withdrawn_at=None)
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
        return queryset


@admin.register(Activity)
class ActivityAdmin(SideBySide, HostScoped, TranslationAdmin):
    host_path = "host"
    form = ActivityForm
    inlines = [SessionInline, SpeakerInline, MaterialInline]
    steps = (PUBLICATION, WITHDRAWAL, DELETION, confirm_translation(Activity))
    list_display = ["title", "state_badge", "translations", "next_session", "people", "host_shown", "format"]
    list_filter = [
        StateFilter,
        "format",
        ("host", admin.RelatedOnlyFieldListFilter),
        ("topics", admin.RelatedOnlyFieldListFilter),
        TranslationsFilter,
    ]
    list_select_related = ["host"]
    search_fields = [*side_by_side("title"), "slug", *side_by_side("host__name"), "speakers__name"]
    search_help_text = _("Title in any language, host or speaker")
    ordering = ["-id"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["state_of_translations", "publishing", "agreement"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    side_by_side("title"),
                    side_by_side("summary"),
                    ("format", "host", "slug"),
                    "state_of_translations",
                    "publishing",
                    "agreement",
                ]
            },
        ),
        (_("Description"), {"fields": [side_by_side("description")]}),
        (
            _("Picture"),
            {"fields": ["picture_chosen", side_by_side("picture_alt"), ("picture_credit", "picture_link")]},
        ),
        (
            _("For whom"),
            {"fields": ["topics", ("languages", "interpretation"), ("audiences", "regions")]},
        ),
        (
            _("Certificate and partners"),
            {"fields": [side_by_side("certificate_rule"), "partners", "credited_to"]},
        ),
        (
            _("History: for what was held before the station"),
            {
                "fields": [("held_on", "held_until"), "held_note", ("offered_by", "source")],
                "classes": ["collapse"],
            },
        ),
    ]

    def get_changelist_queryset(self, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        now = timezone.now()
        coming = Q(sessions__ends_at__gt=now, sessions__cancelled_at=None)
        return queryset.annotate(
            next_at=Subquery(
                Session.objects.filter(activity=OuterRef("pk"), ends_at__gt=now, cancelled_at=None)
                .with_next(now)
                .annotate(when=Case(When(self_paced=True, then=F("starts_at")), default=F("at")))
                .order_by("when")
                .values("when")[:1]
            ),
            taken=Sum("sessions__places_taken", filter=coming),
            waiting=Sum("sessions__waiting_count", filter=coming),
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        model_admin = self

        class Listed(super().get_changelist(request, **kwargs)):
            def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Activity]:
                return model_admin.get_changelist_queryset(super().get_queryset(*args, **kwargs))

        return Listed

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "topics" and field is not None:
            field.widget = forms.CheckboxSelectMultiple()
            field.widget.choices = field.choices
            field.help_text = ""
        if db_field.name == "host" and field is not None and not sees_all_hosts(request.user):
            field.required = True
            field.empty_label = None
        if db_field.name.startswith(("summary", "picture_alt")) and field is not None:
            field.widget = forms.Textarea(
                attrs={"rows": 3, "class": "vLargeTextField"}
                | {key: value for key, value in field.widget.attrs.items() if key in ("lang", "maxlength")}
            )
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        own_hosts = list(Host.objects.run_by(request.user)[:2])
        if len(own_hosts) == 1:
            initial.setdefault("host", own_hosts[0].pk)
        return initial

    # Looking

    @admin.display(description=_("state"))
    def state_badge(self, activity: Activity) -> str:
        if activity.is_public:
            return format_html('<span class="desk-badge desk-badge-good">{}</span>', _now("public"))
        word = _now("withdrawn") if activity.withdrawn_at else _now("draft")
        return format_html('<span class="desk-badge desk-badge-warning">{}</span>', word)

    @admin.display(description=_("host"), ordering="host__position")
    def host_shown(self, activity: Activity) -> str:
        return activity.host.city if activity.host else activity.offered_by

    @admin.display(description=_("next session"), ordering="next_at")
    def next_session(self, activity: Activity) -> str:
        next_at = activity.next_at
        if not next_at:
            return ""
        zone = activity.host.zone if activity.host else timezone.get_default_timezone()
        return f"{next_at.astimezone(zone):%Y-%m-%d}"

    @admin.display(description=_("people coming"), ordering="taken")
    def people(self, activity: Activity) -> str:
        taken, waiting = activity.taken or 0, activity.waiting or 0
        if waiting:
            return _now("%(taken)d, and %(waiting)d waiting") % {"taken": taken, "waiting": waiting}
        return str(taken)

    @admin.display(description=_("translations"))
    def translations(self, activity: Activity) -> str:
        return badges(activity, Activity.TRANSLATED_TEXTS)

    @admin.display(description=_("translations"))
    def state_of_translations(self, activity: Activity) -> str:
        return translation_summary(activity, Activity.TRANSLATED_TEXTS) if activity.pk else ""

    @admin.display(description=_("picture"))
    def picture_chosen(self, activity: Activity) -> str:
        """For those who may only look."""
        if not activity.picture_key:
            return _now("None; a cover is drawn.")
        return format_html('<img src="{}640.webp" alt="" width="320" height="180">', activity.picture_url)

    @admin.display(description=_("state"))
    def publishing(self, activity: Activity) -> str:
        return self.state_badge(activity)

    @admin.display(description=_("agreement behind it"))
    def agreement(self, activity: Activity) -> str:
        """Told, and nothing is blocked."""
        if not activity.pk:
            return ""
        if activity.host is None or activity.host.kind not in Host.BOUND:
            return _now("It needs none.")
        bare = sessions_without_agreement(timezone.now()).filter(activity=activity)
        days = sorted({f"{session.starts_at.astimezone(activity.host.zone):%Y-%m-%d}" for session in bare})
        if not days:
            return _now("Every session to come has one.")
        words = _now("%(host)s has no signed agreement in force on %(days)s.")
        return format_html(
            '<span class="desk-badge desk-badge-warning">{}</span> {}',
            _now("no agreement"),
            words % {"host": activity.host, "days": ", ".join(days)},
        )

    def has_delete_permission(self, request: HttpRequest, obj: Activity | None = None) -> bool:
        """By the step alone, which tells what goes and why something stays: Django only counts what hangs on the row."""
        return False

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        if not DELETION.may(request):
            raise PermissionDenied  # before we look: the answer must not tell what is there
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        return HttpResponseRedirect(DELETION.address(self, [obj.pk]))

    def object_links(self, request: HttpRequest, obj: Activity) -> list[tuple[str, str]]:
        preview = (obj.get_absolute_url(), str(_("Preview as an official sees it")))
        return [preview, *super().object_links(request, obj)]

    def history_parts(self, obj: Activity) -> dict:
        sessions = list(obj.sessions.values_list("pk", flat=True))
        return {
            Session: {"activity": obj.pk},
            Speaker: {"activity": obj.pk},
            Material: {"activity": obj.pk},
            Meeting: {"session": sessions},
            Invitation: {"session": sessions},
        }

    # Saving

    def form_parts(self, obj: Activity) -> dict:
        return {
            model: belongs for model, belongs in self.history_parts(obj).items() if model is not Invitation
        }

    def lock_for_saving(self, obj: Activity) -> None:
        """Sessions first, as everywhere: who moves a session then writes in its activity."""
        list(obj.sessions.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
        super().lock_for_saving(obj)

    def get_form(
        self, request: HttpRequest, obj: Activity | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.went_back = "_back" in request.POST
        form.by = request.user
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        asks = request.method == "POST" and object_id and "_back" not in request.POST
        if asks and (question := self.ask_first(request, object_id)):
            return question
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (Refused, MeetingsOverlap) as refusal:
            # Only when things changed between the form's check and the saving; nothing was written.
            messages.error(request, refusal.sentence)
            return HttpResponseRedirect(request.get_full_path())

    def ask_first(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """The page that says who would be written to, when saving this would write to anybody."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_change_permission(request, obj):
            return None  # Django says why
        if edit_conflict(obj, self.form_parts(obj), request).entries:
            return None  # the form tells of them
        form_class = self.get_form(
            request, obj, change=True, fields=flatten_fieldsets(self.get_fieldsets(request, obj))
        )
        form = form_class(request.POST, request.FILES, instance=obj)
        formsets, _inlines = self._create_formsets(request, form.instance, change=True)
        if not (form.is_valid() and all_valid(formsets)):
            return None  # the form is shown again with its errors
        answered = "_told" in request.POST
        changed = changed_sessions(formsets)
        outlooks = [
            outlook for form in changed if (outlook := look_at_saving(form, answered=answered)).letters
        ]
        if not outlooks:
            return None
        reasons = [outlook.form for outlook in outlooks if outlook.form]
        valid = [reason.is_valid() for reason in reasons]  # all of them: every error is shown at once
        if answered and all(valid):
            return None  # people were told of, and why is said
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Save, and write to people?"),
            "opts": self.opts,
            "original": obj,
            "outlooks": outlooks,
            "all_letters": recipients_sentence(sum((outlook.letters for outlook in outlooks), Counter())),
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                if name not in ("csrfmiddlewaretoken", "_told", kept_name("picture_chosen"))
                and not any(name in reason.names for reason in reasons)
                for value in values
            ]
            + form.carried(),
            "media": self.media,
            "is_popup": IS_POPUP_VAR in request.POST,
        }
        return TemplateResponse(request, "admin/desk_saving.html", context, status=422 if answered else 200)

    def save_model(self, request: HttpRequest, obj: Activity, form: Any, change: bool) -> None:
        if (
            not sees_all_hosts(request.user)
            and not Host.objects.run_by(request.user).filter(pk=obj.host_id).exists()
        ):
            raise PermissionDenied
        if form.picture_goes:
            catalog_actions.remove_picture(activity=Activity.objects.get(pk=obj.pk), by=request.user)
            for name in catalog_actions.PICTURE_COLUMNS:
                setattr(obj, name, "")
        super().save_model(request, obj, form, change)
        if picture := form.cleaned_data["picture_chosen"]:
            catalog_actions.set_picture(
                activity=obj,
                picture=picture,
                alt={code: getattr(obj, f"picture_alt_{code}") or "" for code in catalog_actions.LANGUAGES},
                credit=obj.picture_credit,
                link=obj.picture_link,
                by=request.user,
            )
            if form.says_what_the_former_showed():
                messages.warning(
                    request,
                    _(
                        "The picture is new, and what is said of it was said of the former one. "
                        "See whether it still fits: who does not see the picture relies on it."
                    ),
                )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, SessionFormSet):
            formset.by = request.user
            letters = formset.save_all()
            for sentence in formset.moved_along:
                messages.info(request, sentence)
            if letters:
                messages.info(request, letters_sentence(letters))
        else:
            super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        catalog_actions.refresh(activity=form.instance)


def changed_sessions(formsets: list) -> list[SessionForm]:
    return [
        form
        for formset in formsets
        if isinstance(formset, SessionFormSet)
        for form in formset.forms
        if form.instance.pk and form not in formset.deleted_forms and (form.rescheduling or form.new_places)
    ]


def look_at_saving(form: SessionForm, *, answered: bool) -> Outlook:
    """Who hears of what the form changes in one session. `answered`: the page has asked for the reason already."""
    session, now = form.instance, timezone.now()
    outlook = Outlook(session)
    sentences = []
    if form.rescheduling:
        change = recipients_of_change(
            session,
            moved=form.moves,
            new_place="venue" in form.rescheduling,
            new_link=bool({"joining_link", "joining_note"} & form.rescheduling.keys()),
            now=now,
        )
        if change:
            sentences.append(_now("Its time, place or way to join changes."))
            outlook.form = form.reason_form(
                needed=drops_a_meeting(session, form.rescheduling.get("meetings")), bound=answered
            )
            if form.moved_along:
                sentences.append(form.moved_along)
        outlook.letters += change
    if form.new_places:
        let_in = recipients_of_more_places(session, form.places, now=now)
        if let_in:
            sentences.append(
                ngettext(
                    "The first of those waiting is let in.",
                    "The first %(count)d of those waiting are let in.",
                    let_in.total(),
                )
                % {"count": let_in.total()}
            )
        outlook.letters += let_in
    outlook.sentence = " ".join(sentences)
    return outlook
