"""An empty file with the right headings, to be filled and imported."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from desk.export import Line, separator

from .. import access


@never_cache
@require_safe
def headings(request: PersonRequest, kind: str) -> HttpResponse:
    """In the language of the page."""
    brings = access.kind_for(request, kind)
    return as_file([[str(label) for _column, label in brings.column_choices]], f"{brings.name}.csv")


def as_file(rows: Iterable[Sequence[str]], name: str) -> HttpResponse:
    writer = csv.writer(Line(), delimiter=separator())
    return HttpResponse(
        "\ufeff" + "".join(writer.writerow(row) for row in rows),  # the mark by which Excel knows UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
