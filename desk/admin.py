"""What every page of the administration has in common."""

from collections.abc import Callable, Collection
from functools import reduce
from operator import and_
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IS_POPUP_VAR, Action, ActionLocation, IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.fields.related import RelatedField
from django.forms import Form, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from texts.numbers import number_in

from .audit import history_of
from .deleting import loosened, named
from .edit_conflict import EditConflict, Parts, edit_conflict
from .form_errors import problems
from .history import tell
from .lists import TruthfulList
from .paginator import BoundedPaginator
from .purposes import says
from .readonly import read_by
from .search import ALL, Scope, holding, words_of
from .steps import Step, step_view
from .ways import LinkGroups, links_from_list, links_from_one

HISTORY_PER_PAGE = 50
# What Django's filters and its bar of dates ask about a column.
QUESTIONS = {
    *("", "exact", "in", "isnull", "isempty", "id__exact", "id__in"),
    *("gte", "gt", "lte", "lt", "year", "month", "day"),
}


class DeskPages[M: Model](ModelAdmin[M]):
    """Stands before any other ModelAdmin: get_queryset() alone decides who sees what, on pages, lists, pickers, exports.

    What is not in it does not exist (404). The history is that of desk.audit; `steps` ask first (desk.steps).
    Lines say what each page is for (desk.purposes); `adds` stands on the button to a new one, and on its page.
    """

    purpose: StrOrPromise = ""  # of the list
    purpose_of_one: StrOrPromise = ""
    purpose_of_new: StrOrPromise = ""
    adds: StrOrPromise = ""

    list_per_page = 50
    show_full_result_count = False
    view_on_site: Callable[[M], str | None] | bool = (
        False  # an address by number would lead to things of other hosts too
    )
    steps: ClassVar[tuple[Step, ...]] = ()
    list_class: ClassVar[type[TruthfulList]] = TruthfulList
    object_history_template = "admin/desk_history.html"
    change_form_template = "admin/desk_change_form.html"
    change_list_template: ClassVar[Any] = "admin/desk_change_list.html"

    class Media:
        css = {"all": ("css/desk.css",)}

    # What does not exist for this person is not found; Django would lead back to the index with a message.
    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: object, object_id: str
    ) -> HttpResponse:
        raise Http404

    def get_field_queryset(
        self, db: str | None, db_field: RelatedField[Any, Any], request: HttpRequest
    ) -> QuerySet[Any] | None:
        """Pickers offer what the person may see in the list of those things."""
        related = db_field.remote_field.model
        if self.admin_site.is_registered(related):
            queryset = self.admin_site.get_model_admin(related).get_queryset(request)
            limit = db_field.get_limit_choices_to()
            return queryset.complex_filter(limit) if limit else queryset
        return super().get_field_queryset(db, db_field, request)

    def lookup_allowed(self, lookup: str, value: object, request: HttpRequest) -> bool:
        """By a list's filters only. Django lets staff ask about any column of the row ("password__startswith")."""
        for item in self.get_list_filter(request):
            if isinstance(item, type) and issubclass(item, SimpleListFilter):
                if lookup == item.parameter_name:
                    return True
            else:
                column = item[0] if isinstance(item, (tuple, list)) else item
                if isinstance(column, str) and is_question_about(column, lookup):
                    return True
        when = self.date_hierarchy
        return bool(when and is_question_about(when, lookup))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list, and what is exported from it: an unknown filter gives nothing (desk.lists)."""
        bases = (self.list_class, super().get_changelist(request, **kwargs))
        return type("DeskList", bases, {"counted": staticmethod(self.counted)})

    def counted(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows of the list, with what is counted for it alone."""
        return rows

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[M], per_page: int, *args: Any, **kwargs: Any
    ) -> BoundedPaginator:
        looked_at = number_in(request.GET.get(PAGE_VAR, "")) or 1
        found = bool(request.GET.get(SEARCH_VAR))
        return BoundedPaginator(queryset, per_page, looked_at=looked_at, found=found)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        """Each word in one of the fields (desk.search). No row comes twice."""
        return queryset.filter(self.holding(request, search_term)), False

    def holding(self, request: HttpRequest, search_term: str) -> Q:
        fields = self.get_search_fields(request)
        known = request.__dict__.setdefault("found_by_word", {})  # one page may search several lists
        words = words_of(search_term) if fields else []
        scope = self.search_scope(request)
        return reduce(and_, (holding(self.model, fields, word, known, scope) for word in words), Q())

    def search_scope(self, request: HttpRequest) -> Scope:
        return ALL

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        said = {"adds": self.adds, "list_links": self.list_links(request)}
        response = super().changelist_view(request, said | (extra_context or {}))
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown and shown["cl"].asks_for_nothing:
            messages.warning(
                request,
                _(
                    "The address asks for something that is not there, or not for you to see. So nothing is listed."
                ),
            )
        return response

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Addresses and names of what leads on from this list."""
        return links_from_list(self.model, request)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """An address may name any year, also one after which Python knows no more (`?sent_at__year=9999`)."""
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError) as error:
            raise IncorrectLookupParameters from error

    # One history only, the one that also tells what changed outside of the administration.
    def log_addition(self, request: HttpRequest, obj: M, message: object) -> LogEntry:
        return LogEntry()  # of Django's own log, and never saved

    def log_change(self, request: HttpRequest, obj: M, message: object) -> LogEntry:
        return LogEntry()

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[M]) -> list[LogEntry]:
        return []

    def history_parts(self, obj: M) -> Parts:
        """Of what else the history of `obj` tells: see desk.audit.history_of."""
        return {}

    def told_with(self, obj: M) -> Collection[int]:
        """The numbers of others of its kind whose history is told with that of `obj`."""
        return ()

    def form_parts(self, obj: M) -> Parts:
        """Of history_parts() what is changed in the form of `obj` itself."""
        return self.history_parts(obj)

    def lock_for_saving(self, obj: M) -> None:
        """Who saves the same thing at the same time waits here."""
        self.model._base_manager.select_for_update(no_key=True).filter(pk=obj.pk).first()

    def get_form(
        self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[M]]:
        """The form refuses to be saved when its thing was changed since it was opened (desk.edit_conflict)."""
        form = super().get_form(request, obj, change=change, **kwargs)
        since_opened: EditConflict | None = getattr(request, "since_opened", None)
        return refused(form, since_opened) if since_opened and since_opened.entries else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        with transaction.atomic():
            obj = self.get_object(request, unquote(object_id)) if object_id else None
            if obj is None or not self.has_change_permission(request, obj):
                return super().changeform_view(request, object_id, form_url, extra_context)
            if request.method == "POST":
                self.lock_for_saving(obj)
            since_opened = edit_conflict(obj, self.form_parts(obj), request)
            setattr(request, "since_opened", since_opened)  # noqa: B010 - for get_form(), which knows the request alone
            context = {"since_opened": since_opened} | (extra_context or {})
            return super().changeform_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """On top of a form that came back stands what is wrong, in place of Django's “correct the errors below”."""
        form, formsets = context["adminform"].form, context["inline_admin_formsets"]
        inner = (one for shown in formsets for one in shown.formset.forms)
        read_by(self.admin_site, request, [form, *inner])
        problem_list = problems(form, formsets)
        return super().render_change_form(
            request,
            context | {"errors": None if problem_list else context["errors"], "problems": problem_list},
            *args,
            **kwargs,
        )

    @says(gettext_lazy("Who changed what here, and when; also what people did themselves."))
    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied  # before we look: the answer must not tell what is there
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        history = history_of(obj, self.history_parts(obj), also=self.told_with(obj))
        paginator = self.get_paginator(request, history, HISTORY_PER_PAGE)
        entries = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        entries.object_list = tell(entries)
        return self.desk_page(
            request,
            self.object_history_template,
            title=_("History of %(thing)s") % {"thing": self.name_of(obj)},
            subtitle=None,
            entries=entries,
            page_range=paginator.get_elided_page_range(entries.number),
            page_var=PAGE_VAR,
            object=obj,
        )

    def get_urls(self) -> list[URLPattern]:
        opts = self.opts
        step_pages = [
            path(
                f"{step.noun}/",
                self.admin_site.admin_view(step_view(self, step)),
                name=f"{opts.app_label}_{opts.model_name}_{step.noun}",
            )
            for step in self.steps
        ]
        pages = step_pages + super().get_urls()
        lines = {
            "changelist": self.purpose,
            "change": self.purpose_of_one,
            "add": self.purpose_of_new,
            "delete": gettext_lazy("What would go along, and what stays: read it before anything is gone."),
        }
        for page in pages:
            line = lines.get((page.name or "").removeprefix(f"{opts.app_label}_{opts.model_name}_"))
            if line:
                says(line)(page.callback)
        return pages

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Action | None]:
        """The steps this person may take, and what is declared as an action besides."""
        actions = super().get_actions(request, action_location=action_location)
        if action_location is ActionLocation.CHANGE_LIST and IS_POPUP_VAR not in request.GET:
            for step in self.steps:
                if step.several and step.may(request):
                    actions[step.noun] = step.as_action(self)
        return actions

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        said: dict[str, object] = {}
        if obj is not None:
            said = {
                "object_links": self.object_links(request, obj),
                "link_groups": self.link_groups(request, obj),
                "kind": capfirst(str(self.opts.verbose_name)),
                "title": self.name_of(obj),
                "subtitle": None,
            }
        return super().change_view(request, object_id, form_url, said | (extra_context or {}))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        return super().add_view(request, form_url, {"title": self.adds} | (extra_context or {}))

    def desk_page(
        self, request: HttpRequest, template: str, *, status: int = 200, **said: object
    ) -> TemplateResponse:
        """A page besides those of Django, with what all of them show. `said` is what it shows itself, its `title` too."""
        known = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, known | said, status=status)

    def page_to_new(self, request: HttpRequest, form: Form, **said: object) -> TemplateResponse:
        """With a form that is not the model's own; `button` says what it does."""
        page = {"title": self.adds, "form": form, "media": self.media + form.media}
        status = 422 if form.is_bound else 200
        return self.desk_page(request, "admin/desk_form.html", status=status, **page, **said)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        obj = context["object"]
        can = not (context["protected"] or context["perms_lacking"])
        question = _("Delete “%(thing)s”?") if can else _("“%(thing)s” cannot be deleted")
        context |= {
            "title": question % {"thing": self.name_of(obj)},
            "original": obj,
            "loosened": list(loosened(obj)),
        }
        return super().render_delete_form(request, context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, *rest = super().get_deleted_objects(objs, request)
        return named(deleted), *rest

    def name_of(self, obj: M) -> str:
        """What it is called on top of its pages."""
        return str(obj)

    def link_groups(self, request: HttpRequest, obj: M) -> LinkGroups:
        """The same under names, with the history and the public page: for a thing that has too many for a row."""
        return []

    def object_links(self, request: HttpRequest, obj: M) -> list[tuple[str, str]]:
        """Addresses and names of what can be done with this one thing."""
        taken = [step for step in self.steps if step.may(request) and step.makes_sense(obj)]
        steps = [(step.address(self, [obj.pk]), str(step.label)) for step in taken]
        return [*steps, *links_from_one(request, obj)]


def refused[M: Model](form: type[ModelForm[M]], since_opened: EditConflict) -> type[ModelForm[M]]:
    """The form, which says what somebody else did meanwhile and is not saved."""

    def clean(self: ModelForm[M]) -> dict[str, Any] | None:
        cleaned = form.clean(self)
        since_opened.refuse()
        return cleaned

    return type("Refused", (form,), {"clean": clean})


def is_question_about(name: str, lookup: str) -> bool:
    asked = lookup.removeprefix(name).removeprefix("__")
    return lookup.startswith(name) and asked in QUESTIONS


class DeskAdmin[M: Model](DeskPages[M]):
    """The pages of a model without translated fields."""


class ReadOnly:
    """Mixin: looked at, never written here."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
