"""Exports that open right in a spreadsheet and cannot run anything there; each is written down with who and how many."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from auditlog.models import LogEntry
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX, Format
from import_export.forms import ExportForm
from import_export.resources import ModelResource

from .purposes import says

# Of a file that is made whole before it leaves, as XLSX is: someone waits for the page, and it lies in memory meanwhile.
MOST_ROWS = 20_000
AT_A_TIME = 1000  # rows read from the database, of a file that leaves line by line
# What makes a spreadsheet calculate (OWASP, CSV Injection), also in the wide forms of East Asian scripts.
# With the apostrophes before it, ours and those of the text: so each is one more, and one less when it is read again.
FORMULA = re.compile(r"^'*[\s\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠]")
# What XML, and so XLSX, cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def defused(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    text = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return f"'{text}" if FORMULA.match(text) else text


class SafeResource(ModelResource):  # type: ignore[misc]  # import_export brings no types
    """Everything leaves as text, defused. `columns` says what stands in each, in their order; `headings` gives their names,
    in the language of whoever exports."""

    columns: ClassVar[Mapping[str, Callable[[Any], object]]]
    headings: ClassVar[Callable[[], dict[str, str]]]

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        words = type(self).headings()
        self.fields = {name: Field(column_name=words[name]) for name in self.columns}

    def iter_queryset(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        """As the database gives them."""
        yield from queryset.iterator(chunk_size=AT_A_TIME)

    def get_export_order(self) -> list[str]:
        return list(self.columns)

    def export_field(self, field: Any, instance: Model, **kwargs: object) -> str:
        value = self.columns[self.get_field_name(field)](instance)
        return defused("" if value is None else str(value))


class Exports(ExportMixin):  # type: ignore[misc]  # import_export brings no types
    """Mixin for a page with a list: the rows that its search and filters leave, as CSV or XLSX."""

    import_export_change_list_template = None  # ours has the link
    export_template_name = "admin/desk_export.html"

    export_form_class = ExportForm

    def get_export_formats(self) -> list[type[Format]]:
        return [CSV, XLSX]

    def rows_of(self, request: HttpRequest, queryset: QuerySet[Any]) -> int:
        return queryset.count()

    @says(
        gettext_lazy(
            "The rows of the list as a file for a spreadsheet. The history keeps who took it, and how many."
        )
    )
    def export_action(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = super().export_action(request)
        return answer

    def init_request_context_data(self, request: HttpRequest, form: ExportForm) -> dict[str, object]:
        context: dict[str, object] = super().init_request_context_data(request, form)
        return context | {
            "title": _("Export: %(things)s") % {"things": self.opts.verbose_name_plural},
            "rows": self.rows_of(request, self.get_export_queryset(request)),
            "most_rows": number_format(MOST_ROWS, force_grouping=True),
        }

    def _do_file_export(
        self,
        file_format: Format,
        request: HttpRequest,
        queryset: QuerySet[Any],
        export_form: ExportForm | None = None,
    ) -> HttpResponseBase:
        rows = self.rows_of(request, queryset)
        if isinstance(file_format, CSV):
            self.write_down(file_format, request, rows)
            return self.streamed(file_format, request, queryset)
        if rows > MOST_ROWS:
            messages.error(
                request,
                _(
                    "These are more than %(most)s rows, too many for an XLSX file. Export them as CSV, which takes any "
                    "number, or narrow them with the filters of the list."
                )
                % {"most": number_format(MOST_ROWS, force_grouping=True)},
            )
            return HttpResponseRedirect(request.get_full_path())
        self.write_down(file_format, request, rows)
        whole: HttpResponse = super()._do_file_export(file_format, request, queryset, export_form)
        return whole

    def streamed(
        self, file_format: Format, request: HttpRequest, queryset: QuerySet[Any]
    ) -> StreamingHttpResponse:
        """The file line by line, as the database gives the rows: ten and a million take the same memory."""
        resource = self.get_export_resource_classes(request)[0]()
        lines = csv_lines(resource, queryset, language=translation.get_language() or "en")
        name = self.get_export_filename(request, queryset, file_format)
        return StreamingHttpResponse(
            lines,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def write_down(self, file_format: Format, request: HttpRequest, rows: int) -> None:
        assert request.user.is_authenticated
        LogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(self.model),
            object_pk="",
            object_repr=_("Export"),
            action=LogEntry.Action.ACCESS,
            actor=request.user,
            actor_email=request.user.email,
            additional_data={
                "done": "exported",
                "rows": rows,
                "format": file_format.get_extension(),
                "question": request.GET.urlencode(),
            },
        )


def separator() -> str:
    """Between the cells of a CSV file, in the language that is set. Excel goes by the list separator of the reader's
    system, and that is the semicolon where numbers have a comma: with commas all cells would stand in one column.
    """
    return ";" if get_format("DECIMAL_SEPARATOR") == "," else ","


@dataclass(frozen=True)
class ListFile:
    """How things of one kind stand in a file, who may have it, and with what their rows are asked for."""

    resource: type[SafeResource]
    may: Callable[[HttpRequest], bool]
    rows: Callable[[QuerySet[Any]], QuerySet[Any]]
    how_many: Callable[[QuerySet[Any]], int]


_files: dict[type[Model], ListFile] = {}


def leaves_as(model: type[Model], file: ListFile) -> None:
    """From now on the list of such things leaves as this file, where its page `ExportsAsSaid`."""
    _files[model] = file


class ExportsAsSaid(Exports):
    """An export whose columns a room above says, which reads them as well."""

    def has_export_permission(self, request: HttpRequest) -> bool:
        file = _files.get(self.model)
        return file is not None and file.may(request)

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[SafeResource]]:
        return [_files[self.model].resource]

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return _files[self.model].rows(super().get_export_queryset(request))

    def rows_of(self, request: HttpRequest, queryset: QuerySet[Any]) -> int:
        return _files[self.model].how_many(queryset)


class Line:
    """What a csv.writer takes for a file: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(resource: SafeResource, queryset: QuerySet[Any], *, language: str) -> Iterator[bytes]:
    """The page's language is gone when the lines are asked for, so it is set anew."""
    with translation.override(language):
        writer = csv.writer(Line(), delimiter=separator())
        yield (
            "\ufeff" + writer.writerow(resource.get_export_headers())
        ).encode()  # the mark by which Excel knows UTF-8
        for row in resource.iter_queryset(queryset):
            yield writer.writerow(resource.export_resource(row)).encode()
