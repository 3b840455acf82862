"""Search over everything that somebody of the staff may open, by the rules of each list: what is found there is found
here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import person_of
from accounts.models import User
from desk.admin import DeskPages
from desk.purposes import says
from desk.search import ALL
from outbox.kinds import kind_name
from reviews.queue import Queue

# In the order in which they are shown. What is not among them is found beside its thing, or in its own list.
LISTS = (
    "catalog.Activity",
    "catalog.Session",
    "accounts.User",
    "accounts.Organization",
    "speakers.Speaker",
    "registrations.Registration",
    "registrations.Invitation",
    "credentials.Certificate",
    "credentials.Signatory",
    "hubs.Host",
    "hubs.Agreement",
    "hubs.Milestone",
    "hubs.ResearchWork",
    "proposals.Call",
    "outbox.Letter",
)
SHOWN = 6
FEW = 200  # so many are found first, then put in order
LEAST, MOST = 2, 100  # letters that are looked for
PARAMETER = "q"


@dataclass(frozen=True)
class Hit:
    address: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """Of one list: the first few, and where the rest is, if there is more."""

    name: str
    hits: list[Hit] = field(default_factory=list)
    more: str = ""


@never_cache
@require_safe
@says(
    gettext_lazy(
        "Whatever you may open: people, activities, proposals, letters, certificates, by word or code."
    )
)
def search(request: HttpRequest, site: AdminSite) -> HttpResponse:
    asked = " ".join(request.GET.get(PARAMETER, "").split())[:MOST]
    found = list(find(request, site, asked)) if len(asked) >= LEAST else []
    context = {
        **site.each_context(request),
        "title": _("Search"),
        "asked": asked,
        "found": found,
        "too_short": bool(asked) and len(asked) < LEAST,
    }
    return TemplateResponse(request, "admin/search.html", context)


def find(request: HttpRequest, site: AdminSite, asked: str) -> Iterator[Found]:
    """In as many statements as there are lists that this person may see."""
    desks = {model._meta.label: desk for model, desk in site._registry.items() if isinstance(desk, DeskPages)}
    for label in LISTS:
        desk = desks.get(label)
        if desk and desk.has_view_permission(request) and (found := in_list(request, desk, asked)):
            yield found
        if label == "accounts.Organization" and (found := among_proposals(person_of(request), asked)):
            yield found


def in_list(request: HttpRequest, desk: DeskPages[Any], asked: str) -> Found | None:
    rows, doubles = desk.get_search_results(request, desk.get_queryset(request), asked)
    rows = once_each(rows) if doubles else rows
    if (
        desk.search_scope(request) != ALL
    ):  # then PostgreSQL takes what is of the host for much, and reads all in order
        keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
        rows = rows.filter(pk__in=keys) if len(keys) <= FEW else rows
    related = desk.get_list_select_related(request)
    if not isinstance(related, bool):
        rows = rows.select_related(*related)
    hits = [hit_of(row) for row in rows[: SHOWN + 1]]
    if not hits:
        return None
    options = desk.opts
    page = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    more = f"{page}?{urlencode({PARAMETER: asked})}" if len(hits) > SHOWN else ""
    return Found(capfirst(str(options.verbose_name_plural)), hits[:SHOWN], more)


def once_each(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Where the words were found by way of several rows of another table."""
    found: QuerySet[Any] = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    return found.order_by(*rows.query.order_by)


def hit_of(row: Model) -> Hit:
    options = row._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
    return Hit(address, str(row), note_of(row))


def note_of(row: Any) -> str:
    """What tells two of the same name apart."""
    match row._meta.label:
        case "accounts.User":
            return f"{row.email} · {row.organization_name}".strip(" ·")
        case "speakers.Speaker":
            return str(row.organization)
        case "catalog.Activity":
            return str(row.host_name)
        case "registrations.Registration":
            return f"{row.seen} · {row.session.activity}"
        case "outbox.Letter":
            return kind_name(row.kind)
    return ""


def among_proposals(person: User, asked: str) -> Found | None:
    """They have a queue of their own, which hides names from some readers."""
    in_queue = {"show": "all", PARAMETER: asked}
    rows = list(Queue(person, in_queue).all()[: SHOWN + 1])
    if not rows:
        return None
    hits = [Hit(reverse("reviews:proposal", args=[row.code]), str(row), row.code) for row in rows]
    more = f"{reverse('reviews:queue')}?{urlencode(in_queue)}" if len(hits) > SHOWN else ""
    return Found(_("Proposals"), hits[:SHOWN], more)
