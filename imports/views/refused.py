"""The rows that were refused, as a file to be mended and imported again."""

import csv

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from desk.export import Line, defused, separator

from .. import access
from ..kinds import kind_of
from ..models import Entry, Import
from ..reading.columns import why_heading


@never_cache
@require_safe
def refused(request: PersonRequest, pk: int) -> HttpResponse:
    of = access.import_for(request, pk)
    writer = csv.writer(Line(), delimiter=separator())
    lines = [writer.writerow([*map(defused, of.headings), why_heading()])]
    for cells, why in refused_rows(of):
        filled = [*cells, *[""] * (len(of.headings) - len(cells))]
        lines.append(writer.writerow([*map(defused, filled), why]))
    return HttpResponse(
        "\ufeff" + "".join(lines),  # the mark by which Excel knows UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="refused-{of.pk}.csv"'},
    )


def refused_rows(of: Import) -> list[tuple[list[str], str]]:
    if not of.is_draft:
        return [(one.cells, one.why) for one in of.entries.filter(outcome=Entry.Outcome.REFUSED)]
    found = kind_of(of).looked(of, timezone.now())
    return [(one.entry.cells, one.why) for one in found if one.outcome == Entry.Outcome.REFUSED]
