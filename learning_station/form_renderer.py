"""Django's templates for forms, but for the smallest: a form of the desk has hundreds of fields, and its fields' templates
took a third of its time. A select of four hundred time zones alone took a tenth of a second.
"""

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
# Each of these includes the first.
INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in (
        "input", "checkbox", "color", "date", "datetime", "email", "file", "hidden", "number", "password",
        "search", "tel", "text", "time", "url",
    )
)  # fmt: skip
TEXTAREA = "django/forms/widgets/textarea.html"
LABEL = "django/forms/label.html"
ERRORS = {"django/forms/errors/list/default.html", "django/forms/errors/list/ul.html"}


class Renderer(TemplatesSetting):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name in INPUTS:
            return field(context["widget"])
        if template_name == LABEL:
            return label(context)
        if template_name in ERRORS and not context["errors"]:
            return mark_safe("")
        if template_name == SELECT and has_plain_options(context["widget"]):
            return select(context["widget"])
        if template_name == TEXTAREA:
            return textarea(context["widget"])
        return super().render(template_name, context, request)


def field(widget: Widget) -> SafeString:
    value = widget["value"]
    said = "" if value is None else f' value="{conditional_escape(str(value))}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{said}{attributes(widget["attrs"])}>')


def textarea(widget: Widget) -> SafeString:
    said = conditional_escape(str(localize(widget["value"]))) if widget["value"] else ""
    name = conditional_escape(widget["name"])
    return mark_safe(f'<textarea name="{name}"{attributes(widget["attrs"])}>\n{said}</textarea>')


def label(context: Mapping[str, Any]) -> SafeString:
    said = conditional_escape(str(localize(context["label"])))
    if not context["use_tag"]:
        return mark_safe(said.strip())
    tag = context["tag"]
    return mark_safe(f"<{tag}{attributes(context['attrs'] or {})}>{said}</{tag}>")


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
