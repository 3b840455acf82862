"""Exports that open right in a spreadsheet and cannot run anything there; each is written down with who and how many."""

import re
from typing import Any

from auditlog.models import LogEntry
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.resources import ModelResource

# More is a matter for a query, not for a page that someone waits for.
MOST_ROWS = 20_000
# What makes a spreadsheet calculate (OWASP, CSV Injection), also in the wide forms of East Asian scripts.
FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠]")
# What XML, and so XLSX, cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def defused(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    text = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return f"'{text}" if FORMULA.match(text) else text


class SafeResource(ModelResource):
    """Everything leaves as text, defused. `value_of` says what stands in a column."""

    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> str:
        value = self.value_of(self.get_field_name(field), instance)
        return defused("" if value is None else str(value))

    def value_of(self, name: str, instance: Any) -> Any:
        raise NotImplementedError


class Exports(ExportMixin):
    """Mixin for a page with a list: the rows that its search and filters leave, as CSV or XLSX."""

    to_encoding = "utf-8-sig"  # with the mark by which Excel knows UTF-8
    import_export_change_list_template = "admin/desk_change_list_export.html"
    export_template_name = "admin/desk_export.html"

    export_form_class = ExportForm

    def get_export_formats(self) -> list:
        return [CSV, XLSX]

    def export_action(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and self.get_export_queryset(request)[MOST_ROWS : MOST_ROWS + 1].exists():
            messages.error(
                request,
                _("These are more than %(most)s rows. Narrow them with the filters of the list, then export.")
                % {"most": number_format(MOST_ROWS, force_grouping=True)},
            )
            return HttpResponseRedirect(request.get_full_path())
        return super().export_action(request)

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: QuerySet, **kwargs: Any
    ) -> Any:
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        LogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(self.model),
            object_pk="",
            object_repr=_("Export"),
            action=LogEntry.Action.ACCESS,
            actor=request.user,
            actor_email=request.user.email,
            additional_data={
                "done": "exported",
                "rows": queryset.count(),
                "format": file_format.get_extension(),
                "question": request.GET.urlencode(),
            },
        )
        return data
