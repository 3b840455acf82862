"""Letters to come: what will be written in the next seven days by day and thing, if nothing changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts import clock_words
from accounts.http import person_of
from accounts.models import User
from desk.purposes import says
from outbox.admin import LetterPages
from outbox.coming import Coming, coming
from outbox.kinds import kind_name
from outbox.models import Letter, not_yet

from .letter_scope import letters_within

AHEAD = timedelta(days=7)


def written_already(person: User, now: datetime, until: datetime) -> Iterator[Coming]:
    """Letters that are written and wait on purpose, as for the morning."""
    waiting = letters_within(Letter.objects.filter(not_yet(now), next_try_at__lte=until), person)
    rows = waiting.order_by().values_list("kind", "next_try_at").annotate(count=Count("pk"))
    page = reverse("admin:outbox_letter_changelist")
    for kind, at, count in rows:
        filters = urlencode({"state__exact": Letter.State.WAITING, "kind__exact": kind})
        yield Coming(at, kind, count, _("written already"), f"{page}?{filters}")


@dataclass(frozen=True)
class LineOfDay:
    hour: str
    kind: str
    about: str
    address: str
    count: int


@dataclass(frozen=True)
class Day:
    """On the clock of whoever looks."""

    words: str
    count: int
    lines: list[LineOfDay]


def by_day(letters: list[Coming]) -> list[Day]:
    days = groupby(letters, key=lambda one: timezone.localtime(one.at).date())
    return [day_of(when, list(group)) for when, group in days]


def day_of(when: date, letters: list[Coming]) -> Day:
    """One line for each kind about each thing: readers wake one after the other."""
    alike: dict[tuple[str, str, str], list[Coming]] = {}
    for one in letters:
        alike.setdefault((one.about, one.address, one.kind), []).append(one)
    lines = [
        LineOfDay(hours(group), kind_name(kind), about, address, sum(one.count for one in group))
        for (about, address, kind), group in alike.items()
    ]
    return Day(clock_words.full_day(when), sum(one.count for one in letters), lines)


def hours(letters: list[Coming]) -> str:
    """“09:00”, or “09:00–13:00”: from the first to the last of the day."""
    first, last = timezone.localtime(letters[0].at), timezone.localtime(letters[-1].at)
    return clock_words.hour(first) if first == last else clock_words.hours(first, last)


class WithComing(LetterPages):
    """The list of letters leads to those to come."""

    change_list_template = "admin/outbox/letters.html"

    def get_urls(self) -> list[URLPattern]:
        page = path("coming/", self.admin_site.admin_view(self.coming), name="outbox_letter_coming")
        return [page, *super().get_urls()]

    @method_decorator(require_safe)
    @says(
        gettext_lazy(
            "What the station will write in the next seven days, and to how many, if nothing changes."
        )
    )
    def coming(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        person, now = person_of(request), timezone.now()
        return self.desk_page(
            request,
            "admin/outbox/coming.html",
            title=_("Letters to come"),
            days=by_day(coming(person, now, now + AHEAD)),
        )
