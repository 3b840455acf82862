"""Fields that the administration's forms share."""

from typing import Any

from django import forms

from .zones import zone_names


class ZoneChoice(forms.ChoiceField):
    """A time zone by its place. What a row holds is offered also where it is an old spelling."""

    def __init__(self, *, held: str = "", **kwargs: Any) -> None:
        names = list(zone_names())
        if held and held not in names:
            names.insert(0, held)
        empty = [] if kwargs.get("required", True) else [("", "—")]
        super().__init__(choices=[*empty, *((name, name) for name in names)], **kwargs)

    def offer(self, held: str | None) -> None:
        if held and held not in {value for value, _label in self.choices}:
            self.choices = [(held, held), *self.choices]
