"""A list that answers what it was asked, or nothing: never more."""

from typing import Any

from django.contrib.admin import ListFilter, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from .date_bar import Bar, bar_of


class TruthfulList(ChangeList):
    """Django leaves out a filter that has nothing to choose from, such as that of a session one may not see, and goes back
    to the whole list when a filter cannot be read. The list, and the export made from it, then held everything.

    `asks_for_nothing` says that a filter names what is not there, or not for this person.
    """

    asks_for_nothing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Its title is what is listed; Django's speaks to a program: “Select activity to change”."""
        super().__init__(*args, **kwargs)
        if not self.is_popup:
            self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_filters(
        self, request: HttpRequest
    ) -> tuple[list[ListFilter], bool, dict[str, bool | str], bool, bool]:
        asked = set(self.get_filters_params())
        try:
            filters = super().get_filters(request)
        except IncorrectLookupParameters:
            self.asks_for_nothing = True
            return [], False, {}, False, True
        specs, _has_any, remaining, _twice, _active = filters
        used = {name for spec in specs for name in spec.used_parameters} | set(remaining)
        if self.date_hierarchy:
            used |= {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        self.asks_for_nothing = bool(asked - used) or any(is_unknown(spec) for spec in specs)
        return filters

    def date_bar(self) -> Bar | None:
        """For the template: see desk.date_bar."""
        return bar_of(self) if self.date_hierarchy else None

    @staticmethod
    def counted(rows: QuerySet[Any]) -> QuerySet[Any]:
        """As the pages say: see DeskPages.counted."""
        return rows

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Any]:
        return self.counted(self.asked_for(request, exclude_parameters))

    def asked_for(self, request: HttpRequest, exclude_parameters: list[str | None] | None) -> QuerySet[Any]:
        try:
            queryset = super().get_queryset(request, exclude_parameters)
        except IncorrectLookupParameters:
            self.asks_for_nothing = True
            self.clear_all_filters_qs = "?"
            return self.root_queryset.order_by(*self.get_ordering(request, self.root_queryset)).none()
        return queryset.none() if self.asks_for_nothing else queryset


def is_unknown(spec: ListFilter) -> bool:
    """Whether a filter of ours was given a value that it does not offer."""
    if not isinstance(spec, SimpleListFilter) or spec.value() is None:
        return False
    return str(spec.value()) not in {str(value) for value, _name in spec.lookup_choices}
