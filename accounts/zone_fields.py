"""Fields that ask for a time zone. Browsers and rows may call a zone by a name it had before; it is taken for what it is."""

from typing import Any

from django import forms

from .zones import current_name, old_names


class ZoneSelect(forms.Select):
    """Each choice says by which names it may be meant as well, for the script that proposes the browser's zone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-browser-zone": True} | (attrs or {}))

    def create_option(self, name: str, value: object, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if before := old_names().get(str(value)):
            option["attrs"]["data-before"] = " ".join(before)
        return option

    def format_value(self, value: object) -> list[str]:
        return [current_name(name) for name in super().format_value(value)]


class ZoneField(forms.ChoiceField):
    """A choice among zones. An old name counts as today's."""

    def prepare_value(self, value: object) -> object:
        return current_name(value) if isinstance(value, str) else value

    def to_python(self, value: object) -> str:
        return current_name(super().to_python(value))

    def has_changed(self, initial: object, data: object) -> bool:
        return super().has_changed(self.prepare_value(initial), self.prepare_value(data))
