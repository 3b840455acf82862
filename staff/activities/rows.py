"""What stands below the form of an activity: its sessions, speakers and materials, a row for each."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.http import person_of
from accounts.models import User
from catalog.models import Activity, Material, Session
from desk.languages import RowsSideBySide, side_by_side
from hubs.models import Host
from speakers.models import Appearance

from ..material_form import MaterialForm
from ..sessions.form import SessionForm
from ..sessions.saving import save_session
from ..speaker_form import AppearanceForm


class SessionFormSet(BaseInlineFormSet[Session, Activity, forms.ModelForm[Session]]):
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

    @property
    def session_forms(self) -> list[SessionForm]:
        return [form for form in self.forms if isinstance(form, SessionForm)]

    def save_all(self) -> int:
        """Write what changed. Answers how many letters were written."""
        self.new_objects: list[Session] = []
        self.changed_objects: list[tuple[Session, list[str]]] = []
        self.deleted_objects: list[Session] = []
        self.moved_along: list[str] = []
        letters = 0
        for form in self.deleted_forms:
            if form.instance.pk:
                self.deleted_objects.append(form.instance)
                form.instance.delete()
        for form in self.session_forms:
            if form in self.deleted_forms or not form.has_changed():
                continue
            is_new = form.instance.pk is None
            form.instance.activity = self.instance
            letters += save_session(form, by=self.by)
            if form.moved_along:
                self.moved_along.append(f"{form.instance}: {form.moved_along}")
            if is_new:
                self.new_objects.append(form.instance)
            else:
                self.changed_objects.append((form.instance, form.changed_data))
        return letters


class SessionInline(RowsSideBySide[Session, Activity]):
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
        (
            _("Practical notes"),
            {
                "fields": [side_by_side("practical_notes")],
                "description": _(
                    "Who has a place reads them on the page of their registration, until the session is over. They may "
                    "change at any time; nobody is written to by itself."
                ),
                "classes": ["collapse"],
            },
        ),
        (_("Reminders"), {"fields": ["reminder_leads"], "classes": ["collapse"]}),
    ]

    def get_extra(self, request: HttpRequest, obj: Activity | None = None, **kwargs: object) -> int:
        return 0 if obj and obj.sessions.exists() else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).select_related("activity").prefetch_related("meetings")


class AppearanceFormSet(BaseInlineFormSet[Appearance, Activity, forms.ModelForm[Appearance]]):
    def add_fields(self, form: forms.ModelForm[Appearance], index: int | None) -> None:
        super().add_fields(form, index)
        assert isinstance(form, AppearanceForm)
        form.activity = self.instance  # as its own form has it, also before it is saved
        if index == 0 and "name" in form.fields:
            form.offer(form.by)


class SpeakerInline(RowsSideBySide[Appearance, Activity]):
    model = Appearance
    form = AppearanceForm
    formset = AppearanceFormSet
    extra = 1
    fieldsets = [
        (
            None,
            {"fields": [("name", "organization", "position"), side_by_side("role"), "consent_how"]},
        )
    ]

    def get_formset(
        self, request: HttpRequest, obj: Activity | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet[Appearance, Activity, forms.ModelForm[Appearance]]]:
        formset = super().get_formset(request, obj, **kwargs)
        assert issubclass(formset.form, AppearanceForm)
        formset.form.by = person_of(request)
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appearance]:
        return super().get_queryset(request).select_related("speaker")

    @admin.display(description=_("Name"))
    def name(self, appearance: Appearance) -> str:
        """For those who may only look."""
        return appearance.name

    @admin.display(description=_("How the person agreed to be named"))
    def consent_how(self, appearance: Appearance) -> str:
        return appearance.speaker.consent_how or _now("Not yet: public pages say nothing of the person.")


class MaterialFormSet(BaseInlineFormSet[Material, Activity, forms.ModelForm[Material]]):
    @cached_property
    def sessions(self) -> list[tuple[int | str, str]]:
        """Those of this activity, asked for once for all forms. A new activity has none to choose from yet."""
        of_activity = self.instance.sessions.all() if self.instance.pk else []
        return [("", _now("every session"))] + [
            (session.pk, f"{session.starts_at.astimezone(session.zone):%Y-%m-%d} {session.label}".strip())
            for session in of_activity
        ]

    def add_fields(self, form: forms.ModelForm[Material], index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields.get("session")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Session.objects.filter(activity=self.instance.pk)
            field.widget = forms.Select(choices=self.sessions)


class MaterialInline(RowsSideBySide[Material, Activity]):
    model = Material
    form = MaterialForm
    formset = MaterialFormSet
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    side_by_side("title"),
                    ("kind", "meant_for"),
                    ("shown_to", "session"),
                    "link",
                    "file_chosen",
                    ("language", "position"),
                ]
            },
        )
    ]

    def get_formset(
        self, request: HttpRequest, obj: Activity | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet[Material, Activity, forms.ModelForm[Material]]]:
        formset = super().get_formset(request, obj, **kwargs)
        assert issubclass(formset.form, MaterialForm)
        formset.form.by = person_of(request)
        return formset

    @admin.display(description=_("File"))
    def file_chosen(self, material: Material) -> str:
        """For those who may only look."""
        if not material.file:
            return _now("None; there is a link.")
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a> ({})',
            material.address,
            material.file_name,
            filesizeformat(material.file_size),
        )

    def get_extra(self, request: HttpRequest, obj: Activity | None = None, **kwargs: object) -> int:
        return 0 if obj and obj.materials.exists() else 1
