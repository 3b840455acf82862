"""One page of the catalog, ready to be shown: the cards, the filters with their counts, and the ways on."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.clock_words import day
from accounts.models import User

from ..languages import in_language
from ..wording import in_a_row
from .cards import Shown, shown_cards
from .counts import Counts, count
from .edition_cache import ASKED, EditionCache
from .filters import Condition, Day
from .options import find_options, name_of_options
from .questions import Question

PER_PAGE = 30
# Of all answers: a filter that leaves more than this says next to nothing, and is not shown.
TELLS_AT_MOST = 0.95


@dataclass(frozen=True)
class Option:
    value: str
    text: str
    count: int
    chosen: bool
    lang: str = ""  # of the text, where it is not the page's


@dataclass(frozen=True)
class Group:
    """One filter with its values. `name` is the parameter."""

    name: str
    legend: str
    options: list[Option]


@dataclass(frozen=True)
class Way:
    """A link to another question, and how many answers that has."""

    text: str
    url: str
    count: int


@dataclass(frozen=True)
class Month:
    name: str
    cards: SafeString


class Browse:
    def __init__(self, data: QueryDict, *, now: datetime, person: User | None = None):
        cached = EditionCache(name_of_options(), name_of_counts(data, person))
        options = cached.get_or_make(name_of_options(), find_options)
        self.question = Question(data, options=options, now=now, person=person)
        # The filters are kept as they are shown: they are told by the question and the counts.
        self.counts, self.filters_shown = cached.get_or_make(name_of_counts(data, person), self.counted)

    def counted(self) -> tuple[Counts, SafeString]:
        self.counts = count(self.question)
        return self.counts, render_to_string("catalog/_filters.html", {"browse": self})

    # What was asked

    @property
    def past(self) -> bool:
        return self.question.past

    @property
    def words(self) -> str:
        return self.question.words

    @property
    def corrected(self) -> str:
        """What was looked for instead of the words asked for, when one of them was corrected."""
        search = self.question.search
        return search.text if search and search.corrected else ""

    @property
    def dropped(self) -> str:
        """The words that were left out, because nothing has all of them."""
        search = self.question.search
        return in_a_row([_("“%(word)s”") % {"word": word} for word in search.dropped]) if search else ""

    @property
    def notes(self) -> list[str]:
        return self.question.notes

    @property
    def address(self) -> str:
        """This question's address in its shortest form, for links that keep it."""
        return self.question.address()

    @property
    def canonical_question(self) -> str:
        number = self.page.number
        return self.question.address(page=number if number > 1 else None)

    def link(self, without: tuple[str, str] | str | None = None, **more: object) -> str:
        return reverse("catalog:activities") + self.question.address(without, **more)

    @property
    def is_asked(self) -> bool:
        return bool(self.question.asked or self.words)

    @property
    def from_day(self) -> object:
        return self.question.asked.get("from")

    @property
    def until_day(self) -> object:
        return self.question.asked.get("until")

    # What answers

    @property
    def total(self) -> int:
        return self.counts.total

    @cached_property
    def page(self) -> Page[int]:
        page = Paginator(range(self.total), PER_PAGE).get_page(self.question.data.get("page"))
        page.__dict__["numbers"] = list(page.paginator.get_elided_page_range(page.number, on_each_side=1))
        return page

    @cached_property
    def cards(self) -> list[Shown]:
        if not self.total:
            return []
        start = (self.page.number - 1) * PER_PAGE
        return shown_cards(self.question, start, start + PER_PAGE)

    @cached_property
    def months(self) -> list[Month]:
        """The cards under the names of their months. What words were asked for comes by how well it fits, under none."""
        named = (lambda card: "") if self.words or self.past else (lambda card: card.month)
        return [
            Month(name, mark_safe("".join(card.html for card in cards)))
            for name, cards in groupby(self.cards, named)
        ]

    @property
    def result(self) -> str:
        """How many there are, for eyes and for screen readers alike."""
        if self.past:
            return ngettext("%(total)d past activity", "%(total)d past activities", self.total) % {
                "total": self.total
            }
        return ngettext("%(total)d activity", "%(total)d activities", self.total) % {"total": self.total}

    @property
    def show(self) -> str:
        """On the button under the filters."""
        if not self.total:
            return _("Show the results")
        return ngettext("Show %(total)d result", "Show %(total)d results", self.total) % {"total": self.total}

    # Ways on

    @cached_property
    def groups(self) -> list[Group]:
        """The filters in force, and those of which a value would tell some of the answers from others."""
        groups = []
        for name, filter_ in self.question.filters.filters.items():
            if not isinstance(filter_, Day):
                options = self.options_of(name, filter_)
                if name in self.question.asked or any(self.tells(option) for option in options):
                    groups.append(Group(name, str(filter_.label), options))
        return groups

    def tells(self, option: Option) -> bool:
        """Whether it leaves something, and leaves out at least one in twenty."""
        return 0 < option.count <= self.total * TELLS_AT_MOST

    def options_of(self, name: str, filter_: Condition[Any]) -> list[Option]:
        counted = self.counts.of.get(name, {})
        asked = self.question.asked.get(name, ())
        chosen = set(asked if isinstance(asked, list) else [asked])
        options = [
            Option(
                value,
                capfirst(str(text)),
                counted.get(value, 0),
                value in chosen,
                self.language_of(name, value),
            )
            for value, text in filter_.values.items()
            if name != "language" or value in counted or value in chosen
        ]
        # Languages are many: those with most activities first.
        return sorted(options, key=lambda option: -option.count) if name == "language" else options

    @cached_property
    def chips(self) -> list[tuple[str, str]]:
        """The filters in force, each with the address without it."""
        chips = [(_("“%(words)s”") % {"words": self.words}, self.link(without="q"))] if self.words else []
        for name, value in self.question.asked.items():
            values = value if isinstance(value, list) else [value]
            chips += [
                (
                    in_language(self.in_words(name, value), self.language_of(name, value)),
                    self.link(without=(name, str(value))),
                )
                for value in values
            ]
        return chips

    def language_of(self, name: str, value: Any) -> str:
        """The language of a value's name, where it is not that of the page."""
        return self.question.options.language_of(value) if name in ("topic", "host") else ""

    def in_words(self, name: str, value: Any) -> str:
        """One value of a filter, as the page names it."""
        if name == "from":
            return _("From %(day)s") % {"day": day(value)}
        if name == "until":
            return _("Until %(day)s") % {"day": day(value)}
        return capfirst(str(self.question.filters.filters[name].values[value]))

    @property
    def clear_url(self) -> str:
        return f"{reverse('catalog:activities')}{'?when=past' if self.past else ''}"

    @property
    def other_half(self) -> Way:
        when = None if self.past else "past"
        text = _("Upcoming") if self.past else _("Past")
        return Way(text, self.link(without="when", when=when), self.counts.elsewhere)

    @cached_property
    def loosenings(self) -> list[Way]:
        """Which filter to drop when nothing is left, those that give most first."""
        question = self.question
        loosened = []
        for name, number in self.counts.without.items():
            value = question.asked[name]
            values = value if isinstance(value, list) else [value]
            text = in_a_row([self.in_words(name, value) for value in values])
            loosened.append((text, self.link(without=name), number))
        if self.words and question.asked:
            remaining = count(question.without_words()).total
            loosened.append((self.words, self.link(without="q"), remaining))
        ways = [
            Way(_("without “%(filter)s”") % {"filter": text}, url, number) for text, url, number in loosened
        ]
        if self.is_asked:
            same = (
                _("the same among upcoming activities") if self.past else _("the same among past activities")
            )
            ways.append(Way(same, self.other_half.url, self.other_half.count))
        return sorted((way for way in ways if way.count), key=lambda way: -way.count)


def name_of_counts(data: QueryDict, person: User | None) -> str:
    asked = sorted((name, value) for name in data if name != "page" for value in data.getlist(name))
    if not asked and person is None:
        return f"counts:{get_language()}"
    fingerprint = repr((get_language(), asked, person and person.pk))
    return f"{ASKED}counts:{hashlib.sha256(fingerprint.encode()).hexdigest()}"
