"""Names for what type checkers know of Django's administration. Nothing here is asked for at run time."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices
    from django.contrib.admin.options import _FieldGroups, _FieldsetSpec

type FieldGroups = _FieldGroups
type FilterChoice = _ListFilterChoices
type Fieldsets = _FieldsetSpec
