"""Which words follow their original, and which are older than it.

The original of a text is its English; where there is none, its French, then its Spanish. A row keeps in `words_as_of` when
each language of each text was last brought up to date: `{"title": {"en": moment, "fr": moment}}`, moments in UTC as ISO 8601
writes them. What was written together is equally fresh and has no moment at all, so most rows keep nothing.

A language that had no words yet is written from what is there, and so is as fresh as that.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from django.utils import timezone

# The first of them that a text has is its original.
LANGUAGES = tuple(code for code, _name in settings.CONTENT_LANGUAGES)

type Moments = dict[str, str]


@dataclass(frozen=True)
class Translation:
    """One text of a row in one language."""

    name: str
    language: str

    @property
    def column(self) -> str:
        return f"{self.name}_{self.language}"


@dataclass(frozen=True)
class StaleTranslation:
    """Words that did not follow when their original changed."""

    translation: Translation
    original: str
    changed_at: datetime


class TracksTranslations(models.Model):
    """Mixin: remembers which of its translated texts, named in TRANSLATED_TEXTS, follow their originals.

    save() sees what changed. What goes past it (bulk_create, QuerySet.update) counts as written together.
    """

    TRANSLATED_TEXTS: ClassVar[tuple[str, ...]] = ()

    words_as_of = models.JSONField(default=dict, db_default={}, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        columns = columns_to_save(self, kwargs.get("update_fields"))
        if self._state.adding or not columns:
            super().save(**kwargs)
            return
        with transaction.atomic():
            rows = type(self)._base_manager.select_for_update(no_key=True)
            before = rows.filter(pk=self.pk).values("words_as_of", *columns).first()
            if before is not None:
                after = {column: self.__dict__[column] for column in columns}
                self.words_as_of = words_as_of_after(self.TRANSLATED_TEXTS, before, after, now=timezone.now())
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "words_as_of"}
            super().save(**kwargs)


def columns_to_save(row: TracksTranslations, update_fields: Collection[str] | None) -> list[str]:
    """The columns of its texts that saving `row` would write: those asked for and at hand."""
    columns = [Translation(name, code).column for name in row.TRANSLATED_TEXTS for code in LANGUAGES]
    return [
        column
        for column in columns
        if column in row.__dict__ and (update_fields is None or column in update_fields)
    ]


def words_as_of_after(
    names: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any], *, now: datetime
) -> dict[str, Moments]:
    """The moments of a row whose columns went from `before` (with its `words_as_of`) to `after`."""
    words_as_of = {}
    for name in names:
        moments = dict(before["words_as_of"].get(name, {}))
        changed = {
            code: (was, text)
            for code in LANGUAGES
            if (column := Translation(name, code).column) in after
            and (was := before[column] or "") != (text := after[column] or "")
        }
        for code, (was, text) in changed.items():
            moments.pop(code, None)
            if was and text:
                moments[code] = timestamp(now)
        # From what do first words come? From what is there when they are written.
        newest = max(moments.values(), default="")
        for code, (was, text) in changed.items():
            if text and not was and newest:
                moments[code] = newest
        if moments:
            words_as_of[name] = moments
    return words_as_of


def timestamp(moment: datetime) -> str:
    """Always of one length, so that the later moment is the greater text, in the database too."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# Of one row


def missing_translations(row: models.Model, names: Iterable[str]) -> list[Translation]:
    """The texts that another language has and this one has not."""
    gaps = []
    for name in names:
        there = languages_of(row, name)
        gaps += [Translation(name, code) for code in LANGUAGES if there and code not in there]
    return gaps


def stale_translations(row: models.Model) -> list[StaleTranslation]:
    """The words of `row` that are older than their original; none of a row that does not keep track."""
    stale: list[StaleTranslation] = []
    if not isinstance(row, TracksTranslations):
        return stale
    for name in row.TRANSLATED_TEXTS:
        moments = row.words_as_of.get(name, {})
        original, *translations = languages_of(row, name) or [""]
        since = moments.get(original, "")
        stale += [
            StaleTranslation(Translation(name, code), original, datetime.fromisoformat(since))
            for code in translations
            if since > moments.get(code, "")
        ]
    return stale


def languages_of(row: models.Model, name: str) -> list[str]:
    """The languages that have this text, the original first."""
    return [code for code in LANGUAGES if getattr(row, Translation(name, code).column)]


# Of many rows, asked of the database


def has_missing(names: Iterable[str], *languages: str) -> Q:
    """Rows in which a text lacks one of the `languages`, or any of them when none is named."""
    gaps = [
        empty(Translation(name, code)) & ~all_empty(name, LANGUAGES)
        for name in names
        for code in languages or LANGUAGES
    ]
    return reduce(or_, gaps)


def lacking(model: type[models.Model]) -> RawSQL:
    """The same as `has_missing` without a language, in few words: the index `activity_words_missing` has them too, so
    that the few rows that lack something are found at once among very many."""
    table = model._meta.db_table
    original, *others = LANGUAGES
    names = getattr(model, "TRANSLATED_TEXTS", ())
    uneven = [
        f"({is_empty(table, name, original)}) <> ({is_empty(table, name, code)})"
        for name in names
        for code in others
    ]
    return RawSQL(f"({' OR '.join(uneven)})", [], output_field=models.BooleanField())  # noqa: S611 - names of ours


def is_empty(table: str, name: str, language: str) -> str:
    return f"coalesce({table}.{Translation(name, language).column}, '') = ''"


def has_stale(names: Iterable[str], *languages: str) -> Q:
    """Rows in which words in one of the `languages`, or in any, are older than their original."""
    behind = [
        all_empty(name, LANGUAGES[:place])
        & ~empty(Translation(name, original))
        & ~empty(Translation(name, code))
        & Q(GreaterThan(moment_of(Translation(name, original)), moment_of(Translation(name, code))))
        for name in names
        for place, original in enumerate(LANGUAGES)
        for code in LANGUAGES[place + 1 :]
        if code in (languages or LANGUAGES)
    ]
    return ~Q(words_as_of={}) & reduce(or_, behind)


def all_empty(name: str, languages: Iterable[str]) -> Q:
    return reduce(and_, (empty(Translation(name, code)) for code in languages), Q())


def empty(translation: Translation) -> Q:
    return Q(**{f"{translation.column}__isnull": True}) | Q(**{translation.column: ""})


def moment_of(translation: Translation) -> Coalesce:
    return Coalesce(
        KT(f"words_as_of__{translation.name}__{translation.language}"),
        Value(""),
        output_field=models.TextField(),
    )
