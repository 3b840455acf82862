"""A city's record in words, for its page, its files and the member's own page, in the language that is active."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organization
from credentials.record import Learned
from credentials.record_words import line
from texts.rows import as_read, listed

from .record import Named, named_of, numbers_of, topic_names
from .small_groups import Certificates, Told, Years


@dataclass(frozen=True)
class Row:
    """One or more years in numbers. `certificates` is None where they are told of more years than these."""

    years: str
    people: int
    hours: int
    certificates: int | None
    topics: list[str]

    @property
    def topics_in_words(self) -> str:
        return listed(self.topics)

    @property
    def topics_line(self) -> str:
        """“Topics: Mobility, Housing”; "" without any."""
        return (
            _("%(label)s: %(text)s") % {"label": _("Topics"), "text": listed(self.topics)}
            if self.topics
            else ""
        )


@dataclass(frozen=True)
class Apart:
    """Certificates of more years than one row has."""

    years: str
    number: int


@dataclass(frozen=True)
class Numbers:
    """The newest years first."""

    rows: list[Row]
    certificates: list[Apart]

    @property
    def last(self) -> Row | None:
        return self.rows[0] if self.rows else None


@dataclass(frozen=True)
class Person:
    """By name, with what they learned."""

    name: str
    learned: list[Learned]

    @property
    def lines(self) -> list[dict[str, object]]:
        return [line(one) for one in self.learned]


@dataclass(frozen=True)
class CityRecord:
    """All that is shown. `people` is None where nobody asked for names."""

    city: Organization
    numbers: Numbers
    people: list[Person] | None

    @property
    def title(self) -> str:
        return _("What %(city)s learned here") % {"city": self.city.name_shown}


def record_of(city: Organization, *, by_name: bool) -> CityRecord:
    people = [person_in_words(one) for one in named_of(city)] if by_name else None
    return CityRecord(city, numbers_in_words(city), people)


def numbers_in_words(city: Organization) -> Numbers:
    numbers = numbers_of(city)
    names = topic_names(numbers)
    beside = {(one.first, one.last): one.number for one in numbers.certificates}
    rows = [row_of(years, beside, names) for years in reversed(numbers.years)]
    return Numbers(rows, [Apart(span(one), one.number) for one in reversed(apart(numbers))])


def row_of(years: Years, beside: dict[tuple[int, int], int], names: dict[int, str]) -> Row:
    topics = years.topics
    return Row(
        span(years),
        years.people,
        round(years.minutes / 60),
        beside.get((years.first, years.last)),
        [name for topic, name in names.items() if topic in topics],
    )


def apart(numbers: Told) -> Sequence[Certificates]:
    spans = {(years.first, years.last) for years in numbers.years}
    return [one for one in numbers.certificates if (one.first, one.last) not in spans]


def span(years: Years | Certificates) -> str:
    """“2026”, “2024–2026”."""
    return str(years.last) if years.first == years.last else as_read(f"{years.first}–{years.last}")


def person_in_words(one: Named) -> Person:
    return Person(one.person.name, [each for year in one.years for each in year.learned])


def people_trained(number: int) -> str:
    return ngettext("%(count)d person trained", "%(count)d people trained", number) % {"count": number}


def certificates(number: int) -> str:
    return ngettext("%(count)d certificate", "%(count)d certificates", number) % {"count": number}


def hours(number: int) -> str:
    return ngettext("%(hours)d hour", "%(hours)d hours", number) % {"hours": number}


def certificates_of_years(one: Apart) -> str:
    """“2024–2026: 31 certificates”."""
    return _("%(label)s: %(text)s") % {"label": one.years, "text": certificates(one.number)}


def rule_told() -> str:
    """Why a year may stand together with others, or a topic be missing."""
    return _(
        "So that no number tells of one person, years in which fewer than five people learned stand together with those "
        "beside them, topics that fewer than five people learned are not named, and what is new is counted once it is of "
        "five people or more."
    )
