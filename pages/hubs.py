"""The Learning Hubs: what one is, and each with its agreement, its curriculum and what it found out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.wording import in_a_row
from hubs.access import hub_for
from hubs.models import Host
from hubs.terms import term_to_show, terms_of
from page_cache import cached_page
from texts.languages import language_name

from .host_activities import HostActivities
from .structured_data import organization
from .utc_offset import offset_of

HOW = [
    (
        _("A theme you know"),
        _(
            "Your city has solved something that others work on, and can show it: with people, places and numbers."
        ),
    ),
    (
        _("A talk with the secretariat"),
        _("You propose a first activity, or write to us. Together we look at what members ask for."),
    ),
    (
        _("An agreement of three years"),
        _(
            "It names one priority theme, the partners, and what will be delivered: "
            "a curriculum, activities, research works."
        ),
    ),
    (
        _("A page and a workspace"),
        _("Your hub announces its activities here; everyone sees what was promised and what was delivered."),
    ),
]


@login_not_required
@cached_page
def hubs(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    hosts = list(Host.objects.hubs().select_related("organization"))
    terms = terms_of(hosts, now)
    context = {
        "section": "hubs",
        "hubs": [
            {"host": host, "term": term_to_show(terms[host.pk], now.astimezone(host.zone).date())}
            for host in hosts
        ],
        "how": HOW,
    }
    return render(request, "pages/hub_list.html", context)


@login_not_required
@cached_page
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """As many queries for a hub of many years as for a new one."""
    now = timezone.now()
    host = hub_for(slug)
    person = request.user if request.user.is_authenticated else None
    terms = terms_of([host], now)[host.pk]
    term = term_to_show(terms, now.astimezone(host.zone).date())
    context: dict[str, object] = {
        "section": "hubs",
        "host": host,
        "term": term,
        "other_terms": [earlier for earlier in terms if earlier is not term],
        "activities": HostActivities(host, now=now, person=person),
        "works": list(host.research_works.public()),
        "offset": offset_of(host.timezone, now),
        "languages": in_a_row([language_name(code) for code in host.languages]),
        "structured_data": organization(host),
    }
    return render(request, "pages/hub_detail.html", context)
