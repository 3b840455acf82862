"""All proposals: for who decides, and for who may look at everything."""

from datetime import datetime

from auditlog.models import LogEntry
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from desk.export import MOST_ROWS, separator
from proposals import readers
from proposals.models import Decision, Proposal
from proposals.views.posting import posts_from
from texts.numbers import number_in

from .. import access, actions
from ..board import PER_PAGE, Board
from ..export import table

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    person = access.at_the_board(request)
    shown = Board(person, request.GET, timezone.now())
    page = Paginator(shown.all().prefetch_related("call__criteria"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "section": "proposals",
        "board": shown,
        "page": page,
        "rows": shown.rows_of(list(page.object_list)),
        "query": asked.urlencode(),
        "decides": readers.decides(person),
        "exports": person.has_perm("proposals.export_proposal"),
        "prepared": Decision.objects.filter(
            released_at=None, proposal__in=readers.readable_by(person).values("pk")
        ).count(),
    }
    return render(request, "reviews/board.html", context)


@never_cache
@posts_from("reviews:board")
def share_out(request: HttpRequest) -> HttpResponse:
    """Give what is chosen to reviewers, evenly."""
    person = access.at_the_board(request)
    if not readers.decides(person):
        raise PermissionDenied
    chosen = readers.readable_by(person).filter(pk__in=numbers(request, "proposal"))
    given = actions.share_out(proposals=list(chosen), by=person)
    if given:
        messages.success(
            request,
            ngettext("%(count)d reading was given out.", "%(count)d readings were given out.", given)
            % {"count": given},
        )
    else:
        messages.info(
            request, _("Nothing was given out: what you chose has its readers, or nobody is free for it.")
        )
    return redirect("reviews:board")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest) -> HttpResponse:
    """The decisions that are prepared; the button tells them all together."""
    person = access.at_the_board(request)
    mine = readers.readable_by(person).values("pk")
    waiting = Decision.objects.filter(released_at=None, proposal__in=mine).select_related(
        "proposal__person", "proposal__call", "host", "prepared_by"
    )
    if request.method == "POST":
        if not readers.decides(person):
            raise PermissionDenied
        told = actions.release(decisions=list(waiting.filter(pk__in=numbers(request, "decision"))), by=person)
        done = sum(refusal is None for _decision, refusal in told)
        if done:
            messages.success(
                request,
                ngettext("%(count)d decision was told.", "%(count)d decisions were told.", done)
                % {"count": done},
            )
        for decision, refusal in told:
            if refusal is not None:
                messages.error(request, f"{decision.proposal}: {refusal.sentence}")
        return redirect("reviews:decisions")
    context = {"section": "proposals", "decisions": list(waiting), "decides": readers.decides(person)}
    return render(request, "reviews/decisions.html", context)


@never_cache
@posts_from("reviews:board")
def export(request: HttpRequest) -> HttpResponse:
    """What the board shows with its filters, as CSV or XLSX; written down in the history."""
    person = access.at_the_board(request)
    if not person.has_perm("proposals.export_proposal"):
        raise PermissionDenied
    kind = request.POST.get("format", "csv")
    if kind not in FORMATS:
        raise Http404
    now = timezone.now()
    shown = Board(person, request.GET, now)
    proposals = list(shown.all().prefetch_related("topics", "call__criteria")[: MOST_ROWS + 1])
    if len(proposals) > MOST_ROWS:
        messages.error(
            request, _("These are too many rows for one file. Narrow them with the filters, then export.")
        )
        return redirect(f"{reverse('reviews:board')}?{request.GET.urlencode()}")
    data = table(shown.rows_of(proposals), now)
    remember_export(person, kind, len(proposals), request.GET.urlencode(), now)
    if kind == "csv":
        body = ("\ufeff" + data.export("csv", delimiter=separator())).encode()
    else:
        body = data.export("xlsx")
    response = HttpResponse(body, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="proposals-{now:%Y-%m-%d}.{kind}"'
    return response


def remember_export(person: User, kind: str, rows: int, question: str, now: datetime) -> None:
    """In the history of the station: who took what with them."""
    LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Proposal),
        object_pk="",
        object_repr=_("Export"),
        action=LogEntry.Action.ACCESS,
        actor=person,
        actor_email=person.email,
        timestamp=now,
        additional_data={"done": "exported", "rows": rows, "format": kind, "question": question},
    )


def numbers(request: HttpRequest, name: str) -> list[int]:
    typed = (number_in(text) for text in request.POST.getlist(name))
    return [number for number in typed if number is not None]
