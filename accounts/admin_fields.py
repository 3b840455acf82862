"""Fields that the administration's forms share."""

from typing import Any

from .zone_fields import ZoneField
from .zones import current_name, zone_names


class ZoneChoice(ZoneField):
    """A time zone by its place. What a row holds is offered also where it is no place."""

    def __init__(self, *, held: str = "", empty_label: Any = "—", **kwargs: Any) -> None:
        names = list(zone_names())
        if held and held not in names:
            names.insert(0, held)
        empty = [] if kwargs.get("required", True) else [("", empty_label)]
        super().__init__(choices=[*empty, *((name, name) for name in names)], **kwargs)

    def offer(self, held: str | None) -> None:
        held = current_name(held or "")
        if held and held not in {value for value, _label in self.choices}:
            self.choices = [(held, held), *self.choices]
