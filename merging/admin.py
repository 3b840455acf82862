"""At the desk: the merges that were made and their undoing, and the likely doubles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from accounts.http import person_of
from accounts.models import User
from desk.admin import DeskAdmin, ReadOnly
from desk.purposes import says
from desk.steps import Outlook, Step
from texts.numbers import number_in

from .actions import not_the_same
from .attention import kinds_for
from .desk import here, note_of
from .doubles import likely_doubles
from .errors import CannotMerge, CannotUndo
from .kinds import Kind
from .models import LikelyDouble, Merge, MovedRow
from .moving import column
from .parts import Line
from .undoing import undo_merge, why_not

SHOWN = 50
LEFT_SHOWN = 50


def look_at_undo(merge: Merge) -> Outlook:
    try:
        why_not(merge, merge.kept, merge.gone, now=timezone.now())
    except CannotUndo as refusal:
        return Outlook(merge, refusal=refusal.sentence)
    return Outlook(
        merge,
        _now(
            "What was moved to “%(kept)s” goes back to “%(gone)s”, and “%(gone)s” is found again. What somebody changed "
            "meanwhile stays where it is; the page of the merge lists it then."
        )
        % {"kept": merge.kept, "gone": merge.gone_called},
    )


def undo(merge: Merge, *, by: User) -> str:
    left = len(undo_merge(merge=merge, by=by))
    if not left:
        return _now("undone. All that was moved went back.")
    return ngettext(
        "undone. %(count)d row was changed meanwhile and stays; it is listed below.",
        "undone. %(count)d rows were changed meanwhile and stay; they are listed below.",
        left,
    ) % {"count": left}


UNDO = Step(
    noun="undoing",
    purpose=_("For two that were not the same after all: what still stands as it was moved goes back."),
    label=_("Undo the merge"),
    question=ngettext_lazy("Undo this merge?", "Undo these %(count)d merges?", "count"),
    button=_("Undo the merge"),
    permission="merging.merge_organization",
    look=look_at_undo,
    do=undo,
    refusals=(CannotUndo, CannotMerge),
    makes_sense=lambda merge: merge.undone_at is None,
    several=False,
    serious=True,
)


@dataclass(frozen=True)
class Pair:
    """Two that seem to be one, as the page of likely doubles shows them."""

    number: int
    why: str
    two: list[tuple[str, str, str]]  # address, name, what tells them apart
    merge: str


@admin.register(Merge)
class MergeAdmin(ReadOnly, DeskAdmin[Merge]):
    purpose = _("Who or what was made one, by whom, and until when it can be undone.")
    purpose_of_one = _(
        "What moved when two became one, to check it, and to undo it where they were not the same."
    )
    steps = (UNDO,)
    list_display = ["gone_shown", "kept_shown", "merged_on", "merged_by", "state"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = [
        *("kept_person", "gone_person", "kept_organization", "gone_organization", "merged_by", "undone_by")
    ]
    search_fields = [
        f"{end}_{column}"
        for end in ("kept", "gone")
        for column in ("person__name", "person__email", "organization__name")
    ] + ["kept_person__former_addresses__email"]  # where the address of the one that went is known
    search_help_text = _("Name, or e-mail address, of either of the two")
    fieldsets = [
        (None, {"fields": ["gone_link", "kept_link", "merged_on", "merged_by", "state"]}),
        (_("What moved"), {"fields": ["moved_shown"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Merge]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def get_fieldsets(self, request: HttpRequest, obj: Merge | None = None) -> Any:
        left = [(_("What stayed when it was undone"), {"fields": ["left_shown"]})]
        return [*self.fieldsets, *(left if obj and obj.undone_at else [])]

    @admin.display(description=_("goes"))
    def gone_shown(self, merge: Merge) -> str:
        return merge.gone_called

    @admin.display(description=_("stays"))
    def kept_shown(self, merge: Merge) -> str:
        return str(merge.kept)

    @admin.display(description=_("goes"))
    def gone_link(self, merge: Merge) -> str:
        """To its history; when the merge was undone, to its page."""
        page = change_page(merge.gone)
        where = page if merge.undone_at else page.replace("/change/", "/history/")
        return format_html('<a href="{}">{}</a>', where, merge.gone_called)

    @admin.display(description=_("stays"))
    def kept_link(self, merge: Merge) -> str:
        return format_html('<a href="{}">{}</a>', change_page(merge.kept), merge.kept)

    @admin.display(description=_("merged"), ordering="merged_at")
    def merged_on(self, merge: Merge) -> str:
        return here(merge.merged_at)

    @admin.display(description=_("state"))
    def state(self, merge: Merge) -> str:
        if merge.undone_at:
            by = merge.undone_by or _now("somebody who is gone")
            return _now("undone %(when)s by %(who)s") % {"when": here(merge.undone_at), "who": by}
        if merge.undo_until > timezone.now():
            return _now("can be undone until %(when)s") % {"when": here(merge.undo_until)}
        return _now("stands")

    @admin.display(description=_("rows"))
    def moved_shown(self, merge: Merge) -> str:
        lines = ((Line(words_of_column(column), count),) for column, count in sorted(merge.counts.items()))
        return format_html_join("", "<p>{}</p>", lines) or _now("Nothing")

    @admin.display(description=_("rows"))
    def left_shown(self, merge: Merge) -> str:
        if merge.undo_until < timezone.now():
            return _now("What was moved is forgotten 30 days after a merge.")
        rows = merge.moved.filter(was_left=True).select_related("content_type")
        return format_html_join("", "<p>{}</p>", ((line,) for line in left_lines(rows))) or _now("Nothing")

    # Likely doubles

    def get_urls(self) -> list[URLPattern]:
        page = path("doubles/", self.admin_site.admin_view(self.doubles_view), name="merging_merge_doubles")
        return [page, *super().get_urls()]

    @says(_("Pairs that look like the same person or organization. You say whether they are."))
    def doubles_view(self, request: HttpRequest) -> HttpResponse:
        """GET lists them; POST remembers of a pair that they are two."""
        kinds = kinds_for(request.user)
        if not kinds:
            raise PermissionDenied
        if request.method == "POST":
            return self.tell_apart(request, kinds)
        return self.desk_page(
            request,
            "admin/merging/doubles.html",
            title=_now("Likely doubles"),
            lists=[listed(kind, request.GET.get(kind.noun)) for kind in kinds],
        )

    def tell_apart(self, request: HttpRequest, kinds: list[Kind[Any]]) -> HttpResponse:
        number = number_in(request.POST.get("pair", ""))
        pair = LikelyDouble.objects.filter(pk=number).first() if number else None
        if pair:
            kind = next((kind for kind in kinds if kind.noun == pair.noun), None)
            if kind is None:
                raise PermissionDenied
            not_the_same(kind, pair.first, pair.second, by=person_of(request))
            told = {"first": pair.first, "second": pair.second}
            messages.success(
                request, _now("“%(first)s” and “%(second)s” are two. They are not proposed again.") % told
            )
        return HttpResponseRedirect(request.get_full_path())


def listed(kind: Kind[Any], number: str | None) -> tuple[str, str, Page[LikelyDouble], list[Pair]]:
    """One page of the pairs of a kind: its number stands in the address, by the kind's noun."""
    first, second = f"first_{kind.noun}", f"second_{kind.noun}"
    likely = likely_doubles(kind)
    likely = likely.select_related(first, second, *kind.joined(first), *kind.joined(second))
    page = Paginator(likely, SHOWN).get_page(number)
    name = capfirst(str(kind.model._meta.verbose_name_plural))
    return kind.noun, name, page, [shown_pair(kind, pair) for pair in page]


def shown_pair(kind: Kind[Any], pair: LikelyDouble) -> Pair:
    two = [one for one in (pair.first, pair.second) if one]
    options = kind.model._meta
    page = reverse(f"admin:{options.app_label}_{options.model_name}_merge", args=[two[0].pk])
    return Pair(
        pair.pk,
        pair.get_why_display(),
        [(change_page(one), str(one), note_of(kind, one)) for one in two],
        f"{page}?with={two[1].pk}",
    )


def change_page(thing: Model) -> str:
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def words_of_column(column: str) -> str:
    """“people, organization” of `accounts.User.organization`."""
    label, _dot, name = column.rpartition(".")
    try:
        model = apps.get_model(label)
        field = model._meta.get_field(name)
    except LookupError:
        return column
    return f"{capfirst(str(model._meta.verbose_name_plural))}, {getattr(field, 'verbose_name', name)}"


def left_lines(rows: QuerySet[MovedRow]) -> Iterator[str]:
    """What each is now, or that it is gone."""
    for row in rows[:LEFT_SHOWN]:
        model = row.content_type.model_class()
        assert model
        thing = model._base_manager.filter(pk=row.object_pk).first()
        kind = capfirst(str(model._meta.verbose_name))
        if thing is None:
            yield _now("%(kind)s: deleted meanwhile") % {"kind": kind}
        elif not row.field:
            yield _now("%(kind)s “%(thing)s”: changed meanwhile") % {"kind": kind, "thing": thing}
        else:
            told = {"kind": kind, "thing": thing, "column": column(thing, row.field).verbose_name}
            yield _now("%(kind)s “%(thing)s”: another %(column)s meanwhile") % told
