import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..languages import language_name

register = template.Library()


@register.filter
def language(code: str) -> str:
    """The name of a language, in the language of the page."""
    return language_name(code)


@register.filter
def lang(thing: Any, field: str) -> SafeString | str:
    """The attribute ` lang="en"` where a translated text falls back to English, nothing where it does not."""
    here = get_language()
    if getattr(thing, f"{field}_{here}", "") or not getattr(thing, f"{field}_en", ""):
        return ""
    return format_html(' lang="{}"', "en")


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """Data for a script element: JSON in which nothing can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)
