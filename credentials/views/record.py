"""A person's own learning record: as a page, as PDF, as JSON."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from outbox.links import link_to

from ..record import as_json, record_of
from ..record_words import paper, shown, summary


@never_cache
@require_safe
def record(request: PersonRequest) -> HttpResponse:
    mine = record_of(request.user)
    context = {"record": mine, "years": shown(mine), "summary": summary(mine)}
    return render(request, "credentials/record.html", context)


@never_cache
@require_safe
def pdf(request: PersonRequest) -> HttpResponse:
    """In the language of the page from which it is asked for."""
    made = paper(record_of(request.user), now=timezone.now())
    return download(HttpResponse(made, content_type="application/pdf"), "learning-record.pdf")


@never_cache
@require_safe
def json(request: PersonRequest) -> HttpResponse:
    everything = as_json(record_of(request.user)) | {
        "made_at": timezone.now(),
        "made_by": link_to("home"),
    }
    answer = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return download(answer, "learning-record.json")


def download(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
