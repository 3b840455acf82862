"""Translated fields: the languages side by side, and which are missing."""

from typing import Any

from django.conf import settings
from django.contrib.admin import TabularInline
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from .fields import language_name

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code in settings.MODELTRANSLATION_LANGUAGES)


def side_by_side(name: str) -> tuple[str, ...]:
    """A row of a fieldset with `name` in each language."""
    return tuple(build_localized_fieldname(name, code) for code in LANGUAGES)


def missing(row: Model, names: tuple[str, ...]) -> dict[str, list[str]]:
    """For each language the named fields that have a text in another language but not in this one."""
    gaps: dict[str, list[str]] = {}
    for name in names:
        texts = {code: getattr(row, build_localized_fieldname(name, code)) for code in LANGUAGES}
        if any(texts.values()):
            for code, text in texts.items():
                if not text:
                    gaps.setdefault(code, []).append(name)
    return gaps


def missing_words(row: Model, names: tuple[str, ...]) -> str:
    """For the form: “French: summary, description”, a line for each language."""
    lines = []
    for code, absent in missing(row, names).items():
        labels = [str(row._meta.get_field(name).verbose_name) for name in absent]
        lines.append((capfirst(language_name(code)), ", ".join(labels)))
    return format_html_join("", '<p class="desk-missing"><strong>{}</strong>: {}</p>', lines) or _(
        "All there."
    )


def badges(row: Model, names: tuple[str, ...]) -> str:
    """For the list: the languages, those with something missing marked so in words and look."""
    gaps = missing(row, names)
    return format_html_join(
        " ",
        '<span class="desk-badge{}" title="{}">{}{}</span>',
        [
            (
                " desk-badge-warning" if code in gaps else " desk-badge-good",
                _("%(language)s: something is missing") % {"language": language_name(code)}
                if code in gaps
                else _("%(language)s: complete") % {"language": language_name(code)},
                code.upper(),
                " –" if code in gaps else " ✓",
            )
            for code in LANGUAGES
        ],
    )


class SideBySide:
    """Mixin for a TranslationAdmin or inline: labels that name the language, and `lang` on what is typed."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(db_field, "translated_field"):
            field.label = _("%(field)s in %(language)s") % {
                "field": capfirst(db_field.translated_field.verbose_name),
                "language": language_name(db_field.language),
            }
            field.widget.attrs["lang"] = db_field.language
        if field is not None and isinstance(self, TabularInline):
            # The words above a table's column are no label to a screen reader.
            getattr(field.widget, "widget", field.widget).attrs["aria-label"] = str(field.label)
        return field


def is_translated(model: type[Model], name: str) -> bool:
    return name in translator.get_options_for_model(model).all_fields
