"""The forms of the desk for an activity and one of its sessions, filled by a row of a file."""

from collections.abc import Collection, Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from catalog import actions as catalog_actions
from catalog.certificate_rule import Certificate, Counted
from catalog.models import Activity, Session
from catalog.models.session import WEEK_DAY_AND_HOUR
from desk.fields import field_of
from desk.translations import LANGUAGES
from hubs.models import Host
from hubs.scope import in_scope
from staff.activities.form import ActivityForm
from staff.sessions.form import RESCHEDULED, SessionForm
from staff.sessions.saving import save_session

from .activity_columns import ACTIVITY, OF_ACTIVITY, OF_SESSION, SESSION, Run
from .columns import free_code, listed

RULE = {"certificate", "certificate_percent", "certificate_percent_of", "leaves_out_excused"}
SETTLED = {*RESCHEDULED, "meetings_text", "places", "timezone"}
NEW_ACTIVITY = {
    "certificate": Certificate.NONE.value,
    "certificate_percent_of": Counted.MEETINGS.value,
    "leaves_out_excused": "no",
}
NEW_SESSION = {
    "admission": Session.Admission.OPEN.value,
    "eligibility": Session.Eligibility.EVERYONE.value,
    "self_paced": "no",
    "late_registration": "no",
    "reminder_leads": listed(map(str, WEEK_DAY_AND_HOUR)),
}


class RowActivityForm(ActivityForm):
    class Meta:
        model = Activity
        fields = (
            *(f"{name}_{code}" for name in ("title", "summary", "description") for code in LANGUAGES),
            *("slug", "format", "host", "offered_by", "topics", "languages", "interpretation"),
            *("audiences", "regions", "partners"),
            *("certificate", "certificate_percent", "certificate_percent_of", "leaves_out_excused"),
        )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        del self.fields["picture_chosen"]
        host = field_of(self, "host", forms.ModelChoiceField)
        host.to_field_name = "slug"
        host.queryset = in_scope(Host.objects.all(), by, host="")
        field_of(self, "topics", forms.ModelMultipleChoiceField).to_field_name = "slug"


class RowSessionForm(SessionForm):
    class Meta:
        model = Session
        fields = (
            *(f"{name}_{code}" for name in ("label", "venue", "practical_notes") for code in LANGUAGES),
            *("timezone", "self_paced", "starts_at", "ends_at", "joining_link", "joining_note"),
            *("admission", "eligibility", "members_first_until", "places"),
            *("registration_opens_at", "registration_closes_at", "late_registration", "reminder_leads"),
        )


class Both:
    """`values` are all columns as they will be, `changed` those that become otherwise."""

    def __init__(
        self, run: Run | None, values: Mapping[str, str], changed: Collection[str], by: User
    ) -> None:
        self.run, self.changed, self.by = run, set(changed), by
        self.activity_form: RowActivityForm | None = None
        self.session_form: RowSessionForm | None = None
        if run is None or ACTIVITY & self.changed:
            filled = NEW_ACTIVITY | {name: value for name, value in values.items() if value}
            data = {column.name: column.data(filled.get(column.name, "")) for column in OF_ACTIVITY}
            title = next((values[name] for code in LANGUAGES if values.get(name := f"title_{code}")), "")
            data["slug"] = data["code"] or slugify(title)[:110] or "activity"
            self.activity_form = RowActivityForm(data, instance=run.activity if run else None, by=by)
        if SESSION & self.changed:
            session = run.session if run else None
            filled = {name: value for name, value in values.items() if value}
            filled = filled if session else NEW_SESSION | filled
            data = {column.name: column.data(filled.get(column.name, "")) for column in OF_SESSION}
            host = Host.objects.filter(slug=values.get("host", "")).first()
            self.session_form = RowSessionForm(data, instance=session, host=host)

    @property
    def forms(self) -> list[forms.BaseModelForm[Any]]:
        return [form for form in (self.activity_form, self.session_form) if form]

    def trust_what_was_found(self) -> None:
        """Whether others have the same is known from what was found; the row is asked again when it is done."""
        for form in self.forms:
            vars(form).update(validate_unique=lambda: None, validate_constraints=lambda: None)

    def refusal(self) -> str:
        """What a file does not do, of valid forms: people were told of it, and hear of it when it is done at the desk."""
        activity, session = (self.run.activity, self.run.session) if self.run else (None, None)
        was_public = activity is not None and activity.published_at is not None
        if was_public and self.activity_form and self.activity_form.changes_rule:
            return _("This activity is or was public. Change its rule for taking part at the desk.")
        form = self.session_form
        if form is None or session is None:
            return ""
        if "self_paced" in self.changed:
            return _("Whether a session is self-paced is said when it is made.")
        if form.is_settled and SETTLED & self.changed:
            return _("The session is over or cancelled: its hours, place and link stay.")
        if (form.rescheduling or form.new_places) and (was_public or session.registrations.exists()):
            return _(
                "People know hours, place, link and places of this session. Change them at the desk, where they are told."
            )
        return ""

    def save(self, now: datetime) -> Run:
        form = self.activity_form
        activity = form.instance if form else self.run.activity if self.run else None
        assert activity is not None
        if form:
            self.save_activity(form, activity, now)
        session = self.run.session if self.run else None
        if self.session_form:
            session = self.session_form.instance
            session.activity = activity
            save_session(self.session_form, by=self.by)
        catalog_actions.refresh(activity=activity)
        return Run(activity, session)

    def save_activity(self, form: RowActivityForm, activity: Activity, now: datetime) -> None:
        form.save(commit=False)
        activity.rule = form.rule_before  # the new one is written by its action
        if activity._state.adding:
            activity.slug = free_code(Activity.objects.all(), form.cleaned_data["slug"], most=120)
            activity.save()
            form.save_m2m()
        else:
            columns = (self.changed & ACTIVITY) - RULE - {"code", "topics"}
            if columns:
                activity.save(update_fields=columns)
            if "topics" in self.changed:
                form.save_m2m()
        if form.changes_rule:
            written = Activity.objects.get(pk=activity.pk)
            catalog_actions.set_rule(activity=written, rule=form.rule, by=self.by, now=now)


def again(run: Run | None) -> Run | None:
    """For a form that is only looked at: it writes into what it is about."""
    return Run(copy(run.activity), copy(run.session)) if run else None
