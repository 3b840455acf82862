"""MITI: the headquarters in Seoul and the regional centers."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.wording import in_a_row
from hubs.access import center_for
from hubs.delivered import Delivered, people_of_hosts
from hubs.models import Agreement, Host
from page_cache import cached_page
from texts.languages import language_name

from .host_activities import HostActivities, delivered_by
from .past_activities import coming_counts, past_counts
from .structured_data import organization
from .utc_offset import offset_of
from .world_map import line, project

HISTORY: list[tuple[str | Promise, Promise]] = [
    (
        "1996",
        _(
            "Montréal creates the Metropolis International Institute, with branches in Seoul, Mashhad and Cairo."
        ),
    ),
    ("2011", _("Montréal hands the institute over.")),
    ("2012", _("The Board of Directors of Metropolis moves its headquarters to Seoul.")),
    (
        "2014",
        _(
            "On 13 March the Metropolis International Training Institute opens in Seoul, "
            "with regional centers in Cairo, Mashhad, Mexico City and Paris Île-de-France."
        ),
    ),
    (
        _("Today"),
        _(
            "Seoul is the headquarters; Mashhad, Cairo and Mexico City are its regional centers. "
            "Each works on terms of reference that are renewed every three years."
        ),
    ),
]


@dataclass(frozen=True)
class Center:
    host: Host
    coming: int
    past: int
    delivered: Delivered
    offset: str
    languages: str
    x: float
    y: float

    @property
    def city(self) -> str:
        return self.host.city

    @property
    def url(self) -> str:
        return self.host.get_absolute_url()


@login_not_required
@cached_page
def centers(request: HttpRequest) -> HttpResponse:
    """Five queries, whatever there is to tell."""
    now = timezone.now()
    hosts = list(Host.objects.centers())
    center_rows = center_list(hosts, now)
    context = {
        "section": "centers",
        "centers": center_rows,
        "history": HISTORY,
        "map_line": line([(center.x, center.y) for center in center_rows]),
        "numbers": numbers_of(center_rows, people_of_hosts(hosts, now=now)),
    }
    return render(request, "pages/center_list.html", context)


def center_list(hosts: list[Host], now: datetime) -> list[Center]:
    coming = coming_counts(hosts, now=now)
    past = past_counts(hosts, now=now)
    done = delivered_by(hosts, now)
    center_rows = []
    for host in hosts:
        x, y = project(host.latitude, host.longitude)
        center_rows.append(
            Center(
                host=host,
                coming=coming[host.pk],
                past=past[host.pk],
                delivered=done[host.pk],
                offset=offset_of(host.timezone, now),
                languages=spoken(host),
                x=x,
                y=y,
            )
        )
    return center_rows


def numbers_of(centers: list[Center], together: Delivered) -> list[dict[str, object]]:
    """Everybody is counted once, wherever they took part."""
    numbers: list[dict[str, object]] = [
        {"value": sum(center.coming for center in centers), "label": _("activities coming")},
        {"value": sum(center.past for center in centers), "label": _("activities held so far")},
    ]
    people = [
        (
            together.attended,
            ngettext("person attended on this station", "people attended on this station", together.attended),
        ),
        (
            together.registered,
            ngettext(
                "person registered where attendance was not recorded",
                "people registered where attendance was not recorded",
                together.registered,
            ),
        ),
    ]
    return numbers + [{"value": value, "label": label} for value, label in people if value]


@login_not_required
@cached_page
def center(request: HttpRequest, slug: str) -> HttpResponse:
    """As many queries for a center of many years as for a new one."""
    now = timezone.now()
    host = center_for(slug)
    person = request.user if request.user.is_authenticated else None
    stop = project(host.latitude, host.longitude)
    context = {
        "section": "centers",
        "host": host,
        "activities": HostActivities(host, now=now, person=person),
        "agreement": Agreement.objects.in_force(now.astimezone(host.zone).date()).filter(host=host).first(),
        "offset": offset_of(host.timezone, now),
        "languages": spoken(host),
        "stops": [{"x": stop[0], "y": stop[1], "city": host.city, "url": host.get_absolute_url()}],
        "structured_data": organization(host),
    }
    return render(request, "pages/center_detail.html", context)


def spoken(host: Host) -> str:
    return in_a_row([language_name(code) for code in host.languages])
