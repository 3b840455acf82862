# What the station uses of django-filter, which brings no types.
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

class Filter:
    field_class: type[forms.Field]
    label: str | Promise | None
    extra: dict[str, Any]
    def __init__(
        self, field_name: str | None = None, *, label: str | Promise | None = None, **extra: object
    ) -> None: ...

class ChoiceFilter(Filter): ...
class DateFilter(Filter): ...
class MultipleChoiceFilter(Filter): ...

class FilterSet:
    data: QueryDict
    filters: Any  # by name, of whatever classes a set has
    base_filters: Mapping[str, Filter]
    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None: ...
    @property
    def form(self) -> forms.Form: ...
    @property
    def qs(self) -> Any: ...
