"""Pages that tell of the station itself."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hubs.models import Host
from page_cache import cached_page
from proposals.forgetting import NOBODYS_DRAFTS_LIVE


@login_not_required
@cached_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is accessible, what is not, how we know, and whom to tell."""
    return render(request, "pages/accessibility.html", {"contact": contact()})


@login_not_required
@cached_page
def data_protection(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, for how long, and what they may ask for. Spans are those the station works with."""
    return render(request, "pages/data_protection.html", {"contact": contact()} | spans())


def spans() -> dict[str, object]:
    return {
        "unproven_hours": settings.UNPROVEN_ACCOUNTS_LIVE // timedelta(hours=1),
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
        "draft_days": NOBODYS_DRAFTS_LIVE.days,
    }


def contact() -> str:
    """The secretariat's address, as its host's page would give it."""
    secretariat = Host.objects.filter(kind=Host.Kind.SECRETARIAT).order_by("pk").first()
    return secretariat.email if secretariat else ""
