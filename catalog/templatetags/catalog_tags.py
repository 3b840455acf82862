import json

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from texts.languages import language_name

from .. import wording
from ..languages import in_language, stands_in
from ..models import Session

register = template.Library()
register.filter("in_language", in_language)


@register.filter
def language(code: str) -> str:
    """The name of a language, in the language of the page."""
    return language_name(code)


@register.filter
def lang(row: object, field: str) -> SafeString | str:
    """The attribute ` lang="en"` where English stands in for a text, nothing where it does not.

    For an element of its own; give it dir="auto" besides, for pages that run from right to left.
    """
    language = stands_in(row, field)
    return format_html(' lang="{}"', language) if language else ""


@register.filter
def said(row: object, field: str) -> SafeString | str:
    """A translated text among others: where English stands in for it, in a span that says so."""
    return in_language(getattr(row, field), stands_in(row, field))


@register.filter
def where(session: Session) -> SafeString:
    """Where it takes place; where the venue stands in from another language, its name alone is in a span that says so."""
    venue = conditional_escape(in_language(session.place, stands_in(session, "venue")))
    return mark_safe(wording.where(session, venue))


@register.filter
def json_ld(data: dict[str, object]) -> SafeString:
    """Data for a script element: JSON in which nothing can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)
