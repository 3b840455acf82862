"""Translated fields: the languages side by side, which are missing, and which are older than their original."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter, TabularInline
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Field, Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm, Widget
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from modeltranslation.admin import TranslationStackedInline
from modeltranslation.fields import TranslationField
from modeltranslation.translator import translator

from texts.languages import language_name
from texts.rows import listed

from .translations import (
    LANGUAGES,
    StaleTranslation,
    TracksTranslations,
    Translation,
    has_missing,
    has_stale,
    missing_translations,
    stale_translations,
)


def side_by_side(name: str) -> tuple[str, ...]:
    """A row of a fieldset with `name` in each language."""
    return tuple(Translation(name, code).column for code in LANGUAGES)


def label_of(row: Model, name: str) -> str:
    return str(column_of(row, name).verbose_name)


def column_of(row: Model, name: str) -> Field[Any, Any]:
    field = row._meta.get_field(name)
    assert isinstance(field, Field), name
    return field


# In words


def stale_note(stale: StaleTranslation) -> str:
    """“older than the English (English changed 3 November 2026)”."""
    day = date_format(
        timezone.localtime(stale.changed_at), pgettext("date format: day, month, year", "j F Y")
    )
    return _("older than the %(language)s (%(language)s changed %(day)s)") % {
        "language": language_name(stale.original),
        "day": day,
    }


def badge(text: str, *, good: bool = False) -> SafeString:
    tone = "good" if good else "warning"
    return format_html('<span class="desk-badge desk-badge-{}">{}</span>', tone, text)


def translation_summary(row: Model, names: Iterable[str]) -> SafeString:
    """For the top of the form, a line for each language: “French: missing: summary. Older than the English: title.”"""
    gaps, all_stale = missing_translations(row, names), stale_translations(row)
    lines = []
    for code in LANGUAGES:
        notes = [
            (_("missing"), [label_of(row, gap.name) for gap in gaps if gap.language == code]),
            (
                _("older than the original"),
                [
                    label_of(row, stale.translation.name)
                    for stale in all_stale
                    if stale.translation.language == code
                ],
            ),
        ]
        lines += [
            (capfirst(language_name(code)), badge(note), listed(labels)) for note, labels in notes if labels
        ]
    return format_html_join(
        "", '<p class="desk-missing"><strong>{}</strong> {} {}</p>', lines
    ) or format_html("<p>{}</p>", _("All there, and up to date."))


def badges(row: Model, names: Iterable[str]) -> SafeString:
    """For the list: the languages, those with something missing or older than its original marked so in words and look."""
    lacks = {gap.language for gap in missing_translations(row, names)}
    behind = {stale.translation.language for stale in stale_translations(row)}
    shown = []
    for code in LANGUAGES:
        name = language_name(code)
        notes = []
        if code in lacks:
            notes.append((_("missing"), _("%(language)s: something is missing") % {"language": name}))
        if code in behind:
            notes.append(
                (_("older"), _("%(language)s: something is older than its original") % {"language": name})
            )
        tone = "warning" if notes else "good"
        notes = notes or [("✓", _("%(language)s: complete") % {"language": name})]
        shorts, sentences = zip(*notes, strict=True)
        shown.append((tone, "; ".join(sentences), code.upper(), listed(shorts)))
    return format_html_join(" ", '<span class="desk-badge desk-badge-{}" title="{}">{} {}</span>', shown)


class NamesLanguages[M: Model](BaseModelAdmin[M]):
    """What a form and the rows below it have in common: labels that name the language, and `lang` on what is typed."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and (translation := as_translation(db_field)):
            field.label = column_label(translation)
            field.widget.attrs["lang"] = translation.language
        if field is not None and isinstance(self, TabularInline):
            # The words above a table's column are no label to a screen reader.
            widget = getattr(field.widget, "widget", field.widget)
            assert isinstance(widget, Widget)
            widget.attrs["aria-label"] = str(field.label)
        return field


class SideBySide[M: Model](NamesLanguages[M], ModelAdmin[M]):
    """Stands before a TranslationAdmin: the form names its languages, and on the page of a thing stands, beside each of its
    TRANSLATED_TEXTS, whether it is missing or older than its original.
    """

    def get_form(
        self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[M]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        name_languages(form)
        if isinstance(obj, TracksTranslations):
            mark_fields(form, obj)
        return form


class RowsSideBySide[M: Model, Whole: Model](  # type: ignore[misc]  # packages differ: whose get_readonly_fields()?
    NamesLanguages[Any], TranslationStackedInline[M, Whole]
):
    """Rows below a form, which name their languages."""

    def get_formset(
        self, request: HttpRequest, obj: Whole | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet[M, Whole, ModelForm[M]]]:
        formset = super().get_formset(request, obj, **kwargs)
        name_languages(formset.form)
        return formset


def as_translation(column: object) -> TranslationField | None:
    """The column as one language of a translated field, where it is one."""
    return column if isinstance(column, TranslationField) else None


def column_label(column: TranslationField) -> str:
    """“Title in English”."""
    return _("%(field)s in %(language)s") % {
        "field": capfirst(column.translated_field.verbose_name),
        "language": language_name(column.language),
    }


def name_languages[M: Model](form: type[ModelForm[M]]) -> None:
    """For who may only look: a column that is no field of the form is called as the field would be, not “title [en]”."""
    labels = dict(form._meta.labels or {})
    for field in form._meta.model._meta.get_fields():
        if translation := as_translation(field):
            labels[field.name] = column_label(translation)
    form._meta.labels = labels


def mark_fields[M: Model](form: type[ModelForm[M]], row: TracksTranslations) -> None:
    """Say with each field of `form` what its words lack: to who may change them, and to who may only look."""
    notes = {gap.column: _("missing") for gap in missing_translations(row, row.TRANSLATED_TEXTS)}
    notes |= {stale.translation.column: stale_note(stale) for stale in stale_translations(row)}
    help_texts = dict(form._meta.help_texts or {})
    for column, note in notes.items():
        field = form.base_fields.get(column)
        help_text = field.help_text if field else column_of(row, column).help_text
        marked = format_html("{} {}", badge(note), mark_safe(help_text))  # ours, from the model
        help_texts[column] = marked
        if field:
            field.help_text = marked
    form._meta.help_texts = help_texts


class TranslationsFilter(SimpleListFilter):
    """For the list of a model that TracksTranslations: complete, something missing, something older than its original."""

    title = gettext_lazy("translations")
    parameter_name = "translations"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("complete", _("complete and up to date")),
            ("missing", _("something is missing")),
            *(
                (f"missing-{code}", _("missing in %(language)s") % {"language": language_name(code)})
                for code in LANGUAGES
            ),
            ("older", _("something is older than its original")),
            *(
                (f"older-{code}", _("older in %(language)s") % {"language": language_name(code)})
                for code in LANGUAGES[1:]
            ),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None or value not in dict(self.lookup_choices):
            return queryset
        names = queryset.model.TRANSLATED_TEXTS
        state, _dash, language = value.partition("-")
        languages = [language] if language else []
        if state == "complete":
            return queryset.exclude(has_missing(names) | has_stale(names))
        return queryset.filter((has_missing if state == "missing" else has_stale)(names, *languages))


def is_translated(model: type[Model], name: str) -> bool:
    return name in translator.get_options_for_model(model).all_fields
