"""Django's templates for forms, but for selects: one for each of four hundred time zones costs a tenth of a second."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"
type Widget = Mapping[str, Any]  # as Django’s widgets give it to their templates

OPTION = "django/forms/widgets/select_option.html"


class Renderer(TemplatesSetting):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == SELECT and has_plain_options(context["widget"]):
            return select(context["widget"])
        return super().render(template_name, context, request)


def has_plain_options(widget: Widget) -> bool:
    return all(
        option["template_name"] == OPTION for _name, group, _index in widget["optgroups"] for option in group
    )


def select(widget: Widget) -> SafeString:
    """What the templates SELECT and OPTION of Django say, without their empty lines."""
    return mark_safe("".join(parts_of_select(widget)))


def parts_of_select(widget: Widget) -> Iterator[str]:
    yield f'<select name="{conditional_escape(widget["name"])}"{attributes(widget["attrs"])}>'
    for name, group, _index in widget["optgroups"]:
        if name:
            yield f'\n  <optgroup label="{conditional_escape(localize(name))}">'
        for option in group:
            value, label = str(option["value"]), localize(option["label"])
            yield f'\n  <option value="{conditional_escape(value)}"{attributes(option["attrs"])}>'
            yield f"{conditional_escape(label)}</option>"
        if name:
            yield "\n  </optgroup>"
    yield "\n</select>"


def attributes(attrs: Mapping[str, object]) -> str:
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )
