"""What people who registered must hear of is not saved at once: a page says who is written to, and asks."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.forms import BaseFormSet, all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from accounts.http import person_of
from catalog.errors import MeetingsRefused, RuleWasTold
from catalog.models import Activity
from desk.edit_conflict import edit_conflict
from desk.steps import Outlook, recipients_sentence
from hubs.scope import HostScoped
from registrations.admin.reasons import ReasonForm
from registrations.errors import Refused

from ..chosen_file import kept_name
from ..material_form import MaterialForm
from ..recipients import drops_a_meeting, recipients_of_change, recipients_of_more_places, recipients_of_rule
from ..sessions.form import SessionForm
from .form import ActivityForm
from .rows import SessionFormSet


class AsksFirst(HostScoped[Activity]):
    """Saving asks first where it would write to anybody."""

    def get_form(
        self, request: HttpRequest, obj: Activity | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Activity]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        assert issubclass(form, ActivityForm)
        form.went_back = "_back" in request.POST
        form.by = person_of(request)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        asks = request.method == "POST" and "_back" not in request.POST
        if object_id and asks and (question := self.ask_first(request, object_id)):
            return question
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (Refused, MeetingsRefused, RuleWasTold) as refusal:
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
        assert isinstance(form, ActivityForm)
        formsets = self._create_formsets(request, obj, change=True)[0]  # type: ignore[attr-defined]  # Django's own, and private
        if not (form.is_valid() and all_valid(formsets)):
            return None  # the form is shown again with its errors
        answered = "_told" in request.POST
        changed = changed_sessions(formsets)
        outlooks = [
            outlook for form in changed if (outlook := look_at_saving(form, answered=answered)).letters
        ]
        if form.changes_rule and (told := look_at_rule(form)).letters:
            outlooks.insert(0, told)
        if not outlooks:
            return None
        reasons = [outlook.form for outlook in outlooks if isinstance(outlook.form, ReasonForm)]
        valid = [reason.is_valid() for reason in reasons]  # all of them: every error is shown at once
        if answered and all(valid):
            return None  # people were told of, and why is said
        return self.desk_page(
            request,
            "admin/desk_saving.html",
            status=422 if answered else 200,
            title=_now("Save, and write to people?"),
            purpose="",  # the page says it itself, in a popup too
            original=obj,
            outlooks=outlooks,
            all_letters=recipients_sentence(sum((outlook.letters for outlook in outlooks), Counter())),
            typed=[
                (name, value)
                for name, values in request.POST.lists()
                if name not in ("csrfmiddlewaretoken", "_told")
                and not name.endswith(kept_name("_chosen"))
                and not any(name in reason.names for reason in reasons)
                for value in values
            ]
            + form.carried()
            + [kept for row in materials_of(formsets) for kept in row.carried()],
            is_popup=IS_POPUP_VAR in request.POST,
        )


def changed_sessions(formsets: Iterable[BaseFormSet[Any]]) -> list[SessionForm]:
    return [
        form
        for formset in formsets
        if isinstance(formset, SessionFormSet)
        for form in formset.session_forms
        if form.instance.pk and form not in formset.deleted_forms and (form.rescheduling or form.new_places)
    ]


def materials_of(formsets: Iterable[BaseFormSet[Any]]) -> list[MaterialForm]:
    return [form for formset in formsets for form in formset.forms if isinstance(form, MaterialForm)]


def look_at_rule(form: ActivityForm) -> Outlook:
    """Who hears of another rule."""
    old, new = form.rule_before, form.rule
    sentence = _now("The rule for taking part changes. It was: %(old)s. It will be: %(new)s.") % {
        "old": old.words() if old else _now("no rule"),
        "new": new.words() if new else _now("no rule"),
    }
    return Outlook(form.instance, sentence, recipients_of_rule(form.instance, now=timezone.now()))


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
