"""The rows that were refused, as a file to be mended and imported again."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from desk.export import defused

from .. import access
from ..kinds import kind_of
from ..models import Entry, Import
from ..reading.columns import why_heading
from ..reading.values import undefused
from .headings import as_file


@never_cache
@require_safe
def refused(request: PersonRequest, pk: int) -> HttpResponse:
    of = access.import_for(request, pk)
    rows = [
        [*map(defused_once, [*cells, *[""] * (len(of.headings) - len(cells))]), why]
        for cells, why in refused_rows(access.as_begun_by(of, request.user))
    ]
    return as_file([[*map(defused, of.headings), why_heading()], *rows], f"refused-{of.pk}.csv")


def defused_once(cell: str) -> str:
    """The file that was read may be one of ours, with apostrophes of its own."""
    return defused(undefused(cell))


def refused_rows(of: Import) -> list[tuple[list[str], str]]:
    if not of.is_draft:
        return [(one.cells, one.why) for one in of.entries.filter(outcome=Entry.Outcome.REFUSED)]
    if of.is_foreseen:
        kept = of.entries.filter(foreseen__outcome=Entry.Outcome.REFUSED)
        return [(one.cells, one.foreseen["why"]) for one in kept]
    found = kind_of(of).looked(of, timezone.now())
    return [(one.entry.cells, one.why) for one in found if one.outcome == Entry.Outcome.REFUSED]
