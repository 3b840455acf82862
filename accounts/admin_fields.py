"""Fields that the administration's forms share."""

from typing import Any, Self

from django import forms
from django.utils.functional import Promise

from .zone_fields import ZoneField
from .zones import current_name, zone_names


class ZoneChoice(ZoneField):
    """A time zone by its place. What a row holds is offered also where it is no place."""

    def __init__(self, *, empty_label: str | Promise = "—", **kwargs: Any) -> None:
        empty = [] if kwargs.get("required", True) else [("", empty_label)]
        self.places = [*empty, *((name, name) for name in zone_names())]
        super().__init__(choices=self.places, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A form has the same list of places as the next one: nobody changes it in place (see `offer`)."""
        twin: Self = forms.Field.__deepcopy__(self, memo)  # past that of ChoiceField, which copies the list
        return twin

    def offer(self, stored: str | None) -> None:
        zone = current_name(stored or "")
        if zone and zone not in {value for value, _label in self.places}:
            self.choices = [(zone, zone), *self.places]
