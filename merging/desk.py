"""At the page of a person or an organization: “Merge with another”. Which other, what would move, and then it is done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from accounts.http import person_of
from desk.admin import DeskAdmin
from desk.clock import shown
from desk.purposes import says
from texts.numbers import number_in

from .actions import check, merge
from .errors import CannotMerge
from .kinds import Kind
from .models import LikelyDouble, Merge

FOUND_AT_ONCE = 20
LONGEST_QUESTION = 100
HINTS = 3


@dataclass(frozen=True)
class Fact:
    """What is said of the one that stays and of the one that goes, side by side."""

    name: str
    kept: str
    gone: str

    @property
    def differs(self) -> bool:
        return self.kept != self.gone


@dataclass(frozen=True)
class Candidate:
    thing: Model
    note: str
    address: str
    why: StrOrPromise = ""


class Merges[M: Model](DeskAdmin[M]):
    """Mixin, before the pages of a kind of thing that can be merged. `merges` is the kind."""

    merges: ClassVar[Kind[Any]]

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        page = path("<path:object_id>/merge/", self.admin_site.admin_view(self.merge_view), name=name)
        return [page, *super().get_urls()]

    def merge_address(self, one: Model, other: Model | None = None, **how: str) -> str:
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge", args=[one.pk])
        asked = ({"with": str(other.pk)} if other else {}) | how
        return f"{page}?{urlencode(asked)}" if asked else page

    def may_merge(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.merges.permission)

    def object_links(self, request: HttpRequest, obj: M) -> list[tuple[str, str]]:
        """Who seems to be the same is named at once."""
        links = super().object_links(request, obj)
        if not self.may_merge(request) or not self.merges.standing().filter(pk=obj.pk).exists():
            return links
        likely = [
            (one.address, _("The same as “%(name)s”?") % {"name": one.thing})
            for one in self.likely(obj)[:HINTS]
        ]
        return [*links, (self.merge_address(obj), _("Merge with another")), *likely]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """The page of one that went leads to that of the one that stays."""
        gone = self.gone(object_id)
        if gone is not None and self.has_view_or_change_permission(request):
            stays = getattr(gone, "that_stands")  # noqa: B009 - of both kinds, and no Model knows it
            merge = self.merges_of(gone.pk).last()
            called = merge.gone_called if merge else gone
            messages.info(
                request, _("“%(gone)s” was merged into “%(kept)s”.") % {"gone": called, "kept": stays}
            )
            page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(page, args=[stays.pk]))
        return super().change_view(request, object_id, form_url, extra_context)

    def gone(self, object_id: str) -> M | None:
        number = number_in(unquote(object_id))
        every = self.model._base_manager.exclude(merged_into=None)
        return every.filter(pk=number).first() if number else None

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M | None:
        """Of one that went there is the history alone."""
        there = super().get_object(request, object_id, from_field)
        route = request.resolver_match
        is_history = route is not None and (route.url_name or "").endswith("_history")
        return self.gone(object_id) if there is None and is_history else there

    @says(
        gettext_lazy("Two that are one: say which is the other, and look at what moves before anything does.")
    )
    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Without `?with=` the page looks for the other. With it, GET says what would move, POST moves it."""
        if not self.may_merge(request):
            raise PermissionDenied  # before we look: the answer must not tell what is there
        if led := self.led_on(request, unquote(object_id), request.GET.get("with", "")):
            return led
        one = self.get_object(request, unquote(object_id))
        if one is None:
            raise Http404
        if "with" not in request.GET:
            return self.choose(request, one)
        number = number_in(request.GET["with"])
        other = self.mergeable(request).filter(pk=number).first() if number else None
        if other is None:
            raise Http404
        stays = request.GET.get("stays")
        # What was looked at is what is done: only a page that is looked at turns itself round.
        other_stays = stays == "other" or (
            stays is None and request.method != "POST" and self.fits_only_the_other_way(request, one, other)
        )
        kept, gone = (other, one) if other_stays else (one, other)
        return self.preview(request, one, other, kept=kept, gone=gone)

    def led_on(self, request: HttpRequest, *asked: str) -> HttpResponse | None:
        """Of one that was merged meanwhile, or by the same button pressed twice: to what became of it."""
        numbers = [number for number in map(number_in, asked) if number]
        merge = self.merges_of(*numbers).last()
        if merge is None:
            return None
        told = {"gone": merge.gone_called, "kept": merge.kept}
        messages.info(request, _("“%(gone)s” was merged into “%(kept)s”.") % told)
        return HttpResponseRedirect(merge.get_absolute_url())

    def merges_of(self, *numbers: int) -> QuerySet[Merge]:
        """In which one of these went, and that stand."""
        went = {f"gone_{self.merges.noun}__in": numbers}
        return Merge.objects.filter(**went, undone_at=None).order_by("pk")

    def mergeable(self, request: HttpRequest) -> QuerySet[M]:
        """What the person sees in the list, but for those who cannot be merged."""
        return self.get_queryset(request).filter(pk__in=self.merges.standing().order_by().values("pk"))

    def fits_only_the_other_way(self, request: HttpRequest, one: M, other: M) -> bool:
        this_way = self.why_not(request, kept=one, gone=other)
        return bool(this_way) and not self.why_not(request, kept=other, gone=one)

    def why_not(self, request: HttpRequest, *, kept: M, gone: M) -> str:
        try:
            self.merges.refuse(person_of(request), kept, gone)
            check(self.merges, kept=kept, gone=gone)
        except CannotMerge as refusal:
            return refusal.sentence
        return ""

    # Which other

    def choose(self, request: HttpRequest, one: M) -> HttpResponse:
        asked = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
        found: list[Candidate] = []
        if asked:
            rows = self.mergeable(request).exclude(pk=one.pk)
            rows, doubles = self.get_search_results(request, rows, asked)
            rows = self.mergeable(request).filter(pk__in=rows.order_by().values("pk")) if doubles else rows
            found = [self.candidate(one, row) for row in rows[: FOUND_AT_ONCE + 1]]
        return self.page(
            request,
            "choose",
            one,
            title=self.merges.choose,
            asked=asked,
            likely=self.likely(one),
            found=found[:FOUND_AT_ONCE],
            there_are_more=len(found) > FOUND_AT_ONCE,
            searched_by=self.search_help_text,
        )

    def candidate(self, one: M, other: Model, why: StrOrPromise = "") -> Candidate:
        return Candidate(other, note_of(self.merges, other), self.merge_address(one, other), why)

    def likely(self, one: M) -> list[Candidate]:
        noun = self.merges.noun
        pairs = LikelyDouble.objects.select_related(f"first_{noun}", f"second_{noun}").filter(
            Q(**{f"first_{noun}": one.pk}) | Q(**{f"second_{noun}": one.pk})
        )
        standing = set(self.merges.standing().filter(pk__in=ends(pairs, noun)).values_list("pk", flat=True))
        others = [
            (pair.second if pair.first == one else pair.first, pair.get_why_display()) for pair in pairs
        ]
        return [self.candidate(one, other, why) for other, why in others if other and other.pk in standing]

    # What would move

    def preview(self, request: HttpRequest, one: M, other: M, *, kept: M, gone: M) -> HttpResponse:
        refusal = ""
        if request.method == "POST":
            try:
                made = merge(self.merges, kept=kept, gone=gone, by=person_of(request))
            except CannotMerge as refused:
                refusal = refused.sentence
            else:
                messages.success(
                    request, _("“%(gone)s” was merged into “%(kept)s”.") % {"gone": gone, "kept": kept}
                )
                return HttpResponseRedirect(made.get_absolute_url())
        refusal = refusal or self.why_not(request, kept=kept, gone=gone)
        lines = [line for part in self.merges.parts for line in part.outlook(kept, gone)]
        shown, swapped = ("this", "other") if kept == one else ("other", "this")
        return self.page(
            request,
            "preview",
            one,
            status=422 if request.method == "POST" else 200,
            title=self.merges.question,
            kept=kept,
            gone=gone,
            facts=facts_of(self.merges, kept, gone),
            moves=[line for line in lines if line.count],
            sentences=[line for line in lines if line.count is None],
            not_moved=[part.not_moved for part in self.merges.parts if part.not_moved],
            refusal=refusal,
            do=self.merge_address(one, other, stays=shown),
            swap=self.merge_address(one, other, stays=swapped),
            another=self.merge_address(one),
        )

    def page(
        self, request: HttpRequest, name: str, one: M, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        known = {
            "original": one,
            "noun": self.merges.noun,
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[one.pk]),
        }
        template = f"admin/merging/{name}.html"
        return self.desk_page(request, template, status=status, **known | context)


def ends(pairs: QuerySet[LikelyDouble], noun: str) -> list[int]:
    return [pk for two in pairs.values_list(f"first_{noun}", f"second_{noun}") for pk in two]


def facts_of(kind: Kind[Any], kept: Model, gone: Model) -> list[Fact]:
    facts = []
    for column in kind.facts:
        field = kind.model._meta.get_field(column)
        facts.append(Fact(capfirst(str(field.verbose_name)), told(kept, column), told(gone, column)))
    return facts


def note_of(kind: Kind[Any], thing: Model) -> str:
    """What tells two of the same name apart."""
    return " · ".join(filter(None, (told(thing, column) for column in kind.tells_apart)))


def here(moment: datetime) -> str:
    """On the reader's clock."""
    zone = timezone.get_current_timezone()
    assert isinstance(zone, ZoneInfo), zone
    return shown(moment, zone)


def told(thing: Any, column: str) -> str:
    value = getattr(thing, column)
    in_words = getattr(thing, f"get_{column}_display", None)
    if in_words and value:
        return str(in_words())
    if isinstance(value, datetime):
        return here(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(getattr(value, "name", value) or "") if value else ""
