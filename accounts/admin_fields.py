"""Fields that the administration's forms share."""

from typing import Any

from .zone_fields import ZoneField
from .zones import current_name, zone_names


class ZoneChoice(ZoneField):
    """A time zone by its place. What a row holds is offered also where it is no place."""

    def __init__(self, *, empty_label: Any = "—", **kwargs: Any) -> None:
        empty = [] if kwargs.get("required", True) else [("", empty_label)]
        super().__init__(choices=[*empty, *((name, name) for name in zone_names())], **kwargs)

    def offer(self, stored: str | None) -> None:
        zone = current_name(stored or "")
        if zone and zone not in {value for value, _label in self.choices}:
            self.choices = [(zone, zone), *self.choices]
