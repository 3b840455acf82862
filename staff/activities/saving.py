"""Saving an activity with its sessions, speakers, materials and picture."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.http import person_of
from catalog import actions as catalog_actions
from catalog.models import Activity, Material, Meeting, Session
from desk.edit_conflict import Parts
from desk.steps import letters_sentence
from hubs.models import Host
from hubs.scope import HostScoped, sees_all_hosts
from registrations import actions
from registrations.models import Invitation
from speakers.models import Appearance

from .form import ActivityForm
from .rows import SessionFormSet


class SavesTheWhole(HostScoped[Activity]):
    """The form and all rows below it are saved at once, by the actions."""

    def history_parts(self, obj: Activity) -> Parts:
        sessions = list(obj.sessions.values_list("pk", flat=True))
        return {
            Session: {"activity": obj.pk},
            Appearance: {"activity": obj.pk},
            Material: {"activity": obj.pk},
            Meeting: {"session": sessions},
            Invitation: {"session": sessions},
        }

    def form_parts(self, obj: Activity) -> Parts:
        return {
            model: belongs for model, belongs in self.history_parts(obj).items() if model is not Invitation
        }

    def lock_for_saving(self, obj: Activity) -> None:
        """Sessions first, as everywhere: who moves a session then writes in its activity."""
        list(obj.sessions.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
        super().lock_for_saving(obj)

    def save_model(self, request: HttpRequest, obj: Activity, form: ActivityForm, change: bool) -> None:
        if not sees_all_hosts(person_of(request)):
            own_hosts = Host.objects.run_by(person_of(request))
            if obj.host_id is None or not own_hosts.filter(pk=obj.host_id).exists():
                raise PermissionDenied
        if form.picture_goes:
            catalog_actions.remove_picture(activity=Activity.objects.get(pk=obj.pk), by=person_of(request))
            for name in catalog_actions.PICTURE_COLUMNS:
                setattr(obj, name, "")
        obj.rule = form.rule_before  # the new one is written by its action, when the sessions are
        super().save_model(request, obj, form, change)
        if picture := form.cleaned_data["picture_chosen"]:
            catalog_actions.set_picture(
                activity=obj,
                picture=picture,
                alt={code: getattr(obj, f"picture_alt_{code}") or "" for code in catalog_actions.LANGUAGES},
                credit=obj.picture_credit,
                link=obj.picture_link,
                by=person_of(request),
            )
            if form.says_what_the_former_showed():
                messages.warning(
                    request,
                    _(
                        "The picture is new, and what is said of it was said of the former one. "
                        "See whether it still fits: who does not see the picture relies on it."
                    ),
                )

    def save_formset(
        self,
        request: HttpRequest,
        form: ActivityForm,
        formset: object,
        change: bool,
    ) -> None:
        if isinstance(formset, SessionFormSet):
            formset.by = person_of(request)
            letters = formset.save_all()
            for sentence in formset.moved_along:
                messages.info(request, sentence)
            if letters:
                messages.info(request, letters_sentence(letters))
        else:
            super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: ActivityForm, formsets: object, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.changes_rule:
            activity = Activity.objects.get(pk=form.instance.pk)
            letters = actions.change_rule(activity=activity, rule=form.rule, by=person_of(request))
            form.instance.rule = form.rule
            if letters:
                messages.info(request, letters_sentence(letters))
        catalog_actions.refresh(activity=form.instance)
