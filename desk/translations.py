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
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from django.utils import timezone

# The first of them that a text has is its original.
LANGUAGES = tuple(code for code, _name in settings.CONTENT_LANGUAGES)

type Moments = dict[str, str]


@dataclass(frozen=True)
class Words:
    """One text of a row in one language."""

    name: str
    language: str

    @property
    def column(self) -> str:
        return f"{self.name}_{self.language}"


@dataclass(frozen=True)
class Older:
    """Words that did not follow when their original changed."""

    words: Words
    original: str
    changed_at: datetime


class KeepsWords(models.Model):
    """Mixin: remembers which of its translated texts, named in WORDS, follow their originals.

    save() sees what changed. What goes past it (bulk_create, QuerySet.update) counts as written together.
    """

    WORDS: ClassVar[tuple[str, ...]] = ()

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
                self.words_as_of = brought_up_to_date(self.WORDS, before, after, now=timezone.now())
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "words_as_of"}
            super().save(**kwargs)


def columns_to_save(row: KeepsWords, update_fields: Collection[str] | None) -> list[str]:
    """The columns of its texts that saving `row` would write: those asked for and at hand."""
    columns = [Words(name, code).column for name in row.WORDS for code in LANGUAGES]
    return [
        column
        for column in columns
        if column in row.__dict__ and (update_fields is None or column in update_fields)
    ]


def brought_up_to_date(
    names: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any], *, now: datetime
) -> dict[str, Moments]:
    """The moments of a row whose columns went from `before` (with its `words_as_of`) to `after`."""
    kept = {}
    for name in names:
        moments = dict(before["words_as_of"].get(name, {}))
        changed = {
            code: (was, words)
            for code in LANGUAGES
            if (column := Words(name, code).column) in after
            and (was := before[column] or "") != (words := after[column] or "")
        }
        for code, (was, words) in changed.items():
            moments.pop(code, None)
            if was and words:
                moments[code] = written(now)
        # From what do first words come? From what is there when they are written.
        newest = max(moments.values(), default="")
        for code, (was, words) in changed.items():
            if words and not was and newest:
                moments[code] = newest
        if moments:
            kept[name] = moments
    return kept


def written(moment: datetime) -> str:
    """Always of one length, so that the later moment is the greater text, in the database too."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# Of one row


def missing(row: Any, names: Iterable[str]) -> list[Words]:
    """The texts that another language has and this one has not."""
    gaps = []
    for name in names:
        there = languages_of(row, name)
        gaps += [Words(name, code) for code in LANGUAGES if there and code not in there]
    return gaps


def older(row: Any) -> list[Older]:
    """The words of `row` that are older than their original; none of a row that does not keep track."""
    found = []
    for name in getattr(row, "WORDS", ()):
        moments = row.words_as_of.get(name, {})
        original, *translations = languages_of(row, name) or [""]
        since = moments.get(original, "")
        found += [
            Older(Words(name, code), original, datetime.fromisoformat(since))
            for code in translations
            if since > moments.get(code, "")
        ]
    return found


def languages_of(row: Any, name: str) -> list[str]:
    """The languages that have this text, the original first."""
    return [code for code in LANGUAGES if getattr(row, Words(name, code).column)]


# Of many rows, asked of the database


def is_missing(names: Iterable[str], *languages: str) -> Q:
    """Rows in which a text lacks one of the `languages`, or any of them when none is named."""
    gaps = [
        empty(Words(name, code)) & ~all_empty(name, LANGUAGES)
        for name in names
        for code in languages or LANGUAGES
    ]
    return reduce(or_, gaps)


def is_older(names: Iterable[str], *languages: str) -> Q:
    """Rows in which words in one of the `languages`, or in any, are older than their original."""
    behind = [
        all_empty(name, LANGUAGES[:place])
        & ~empty(Words(name, original))
        & ~empty(Words(name, code))
        & Q(GreaterThan(moment_of(Words(name, original)), moment_of(Words(name, code))))
        for name in names
        for place, original in enumerate(LANGUAGES)
        for code in LANGUAGES[place + 1 :]
        if code in (languages or LANGUAGES)
    ]
    return ~Q(words_as_of={}) & reduce(or_, behind)


def all_empty(name: str, languages: Iterable[str]) -> Q:
    return reduce(and_, (empty(Words(name, code)) for code in languages), Q())


def empty(words: Words) -> Q:
    return Q(**{f"{words.column}__isnull": True}) | Q(**{words.column: ""})


def moment_of(words: Words) -> Coalesce:
    return Coalesce(
        KT(f"words_as_of__{words.name}__{words.language}"), Value(""), output_field=models.TextField()
    )
