from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organization
from catalog.languages import stands_in
from catalog.listing.cards import Card, cards_of
from catalog.listing.counts import Counts, count
from catalog.listing.edition_cache import EditionCache
from catalog.listing.options import Options, named
from catalog.listing.questions import Question
from catalog.models import Activity, Topic
from hubs.models import Host
from page_cache import cached_page

from .world_map import line, project

NEXT = 6
# The one that leads is sought among so many.
LOOKS_AT = 20
COUNTS = "counts:home"

FORMATS: dict[str, Promise] = {
    Activity.Format.WEBINAR: gettext_lazy("An hour or two, live, from wherever you are."),
    Activity.Format.ONLINE_COURSE: gettext_lazy(
        "Some weeks of learning, step by step, with others or at your own pace."
    ),
    Activity.Format.IN_PERSON_PROGRAM: gettext_lazy("A few days on site, with the people who run it."),
}


@login_not_required
@cached_page
def home(request: HttpRequest) -> HttpResponse:
    """What is coming, by format, topic and host. Five queries, whatever there is to tell."""
    topics, hosts = list(Topic.objects.all()), list(Host.objects.all())
    options = Options(
        topics=[named(topic) for topic in topics],
        hosts=[named(host) for host in hosts],
    )
    everything = Question(QueryDict(), options=options, now=timezone.now())
    person = request.user if request.user.is_authenticated else None
    counts = EditionCache(COUNTS).get_or_make(COUNTS, lambda: count(everything))
    stops = [project(host.latitude, host.longitude) for host in hosts]
    shown = {
        "next_sessions": best_first(cards_of(everything, 0, LOOKS_AT, person=person))[:NEXT],
        "formats": formats(counts),
        "topics": [
            {
                "name": topic.name,
                "lang": stands_in(topic, "name"),
                "count": number(counts, "topic", topic.slug),
                "url": asked("topic", topic.slug),
            }
            for topic in topics
        ],
        "hosts": [host_on_map(host, stop, counts) for host, stop in zip(hosts, stops, strict=True)],
        "map_line": line(stops),
        "numbers": numbers(counts, len(hosts)),
        "invitation": {"url": reverse("proposals:new")},
    }
    return render(request, "pages/home.html", shown)


def best_first(cards: list[Card]) -> list[Card]:
    """By date, but led by the first that the reader can still have a place in, where there is one."""
    leads = next((card for card in cards if card.welcomes), None)
    return cards if leads is None else [leads, *(card for card in cards if card is not leads)]


def formats(counts: Counts) -> list[dict[str, object]]:
    return [
        {
            "code": code,
            "name": capfirst(Activity.Format(code).label),
            "text": text,
            "url": asked("format", code),
            "upcoming": number(counts, "format", code),
        }
        for code, text in FORMATS.items()
    ]


def host_on_map(host: Host, stop: tuple[float, float], counts: Counts) -> dict[str, object]:
    return {
        "name": host.name,
        "city": host.city,
        "city_lang": stands_in(host, "city"),
        "kind": capfirst(host.get_kind_display()),
        "url": host.get_absolute_url(),
        "upcoming": number(counts, "host", host.slug),
        "x": stop[0],
        "y": stop[1],
    }


def numbers(counts: Counts, hosts: int) -> list[dict[str, object]]:
    """Counted now, none of them told."""
    return [
        {"value": counts.total, "label": _("activities coming")},
        {"value": counts.elsewhere, "label": _("activities held so far")},
        {"value": len(counts.of.get("language", {})), "label": _("languages to learn in")},
        {"value": hosts, "label": _("hosts")},
        {"value": Organization.objects.members().count(), "label": _("member organizations")},
    ]


def number(counts: Counts, name: str, value: str) -> int:
    return counts.of.get(name, {}).get(value, 0)


def asked(name: str, value: str) -> str:
    return f"{reverse('catalog:activities')}?{name}={value}"
