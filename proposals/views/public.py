"""What everybody may see: how proposing works, the calls, and what is alike."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from page_cache import cached_page

from .. import access, readers
from ..criteria import criteria_of
from ..models import Call
from ..models.proposal import ANSWER_WITHIN
from ..similar import alike


@login_not_required
@cached_page
def about(request: HttpRequest) -> HttpResponse:
    """The page before: who may propose, what is looked for, who reads it, when an answer comes."""
    calls = list(Call.objects.open(timezone.now()).order_by("closes_at"))
    context = {
        "section": "proposals",
        "calls": calls,
        "criteria": criteria_of(None),
        "weeks": ANSWER_WITHIN.days // 7,
    }
    return render(request, "proposals/proposal_about.html", context)


@login_not_required
@cached_page
def call(request: HttpRequest, slug: str) -> HttpResponse:
    call = access.call_for(slug)
    now = timezone.now()
    context = {
        "section": "proposals",
        "call": call,
        "criteria": criteria_of(call),
        "is_open": call.is_open(now),
        "is_over": now >= call.closes_at,
        "who_reads": [_("The secretariat"), *(host.name for host in call.hosts.all())],
    }
    return render(request, "proposals/call_detail.html", context)


@login_not_required
@never_cache
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """For the script: a piece of a page."""
    if access.too_often(request, "similar"):
        return HttpResponse(status=429)
    matches = alike(request.GET.get("title", "")[:300], but=request.GET.get("but", "")[:20])
    return render(
        request,
        "proposals/_similar.html",
        {"similar": matches, "mailbox": cache(readers.secretariat_address)},
    )
