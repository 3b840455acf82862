"""All that waits of one card of the desk's first page: its number leads here, to exactly the rows that it counts."""

from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import person_of
from desk.attention import Line, card_of
from desk.purposes import says

PER_PAGE = 100
PAGE = "page"


@never_cache
@require_safe
@says(gettext_lazy("All that this number of the first page counts; each leads to where it is settled."))
def waiting(request: HttpRequest, site: AdminSite) -> HttpResponse:
    card = card_of(request.GET.get("what", ""), person_of(request), timezone.now())
    if card is None:  # there is none, or not for this person; or nothing waits any more
        return HttpResponseRedirect(reverse("admin:index"))
    paginator: Paginator[Line] = Paginator(card.every, PER_PAGE)
    lines = paginator.get_page(request.GET.get(PAGE, 1))
    context = {
        **site.each_context(request),
        "title": card.title,
        "card": card,
        "lines": lines,
        "page_range": paginator.get_elided_page_range(lines.number),
    }
    return TemplateResponse(request, "admin/desk_waiting.html", context)
