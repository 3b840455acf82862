from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django_countries import Countries, CountryTuple
from django_countries import fields as django_countries_fields

from desk.alphabet import plain


class CountriesInOrder(Countries):
    """By their names in the language of the page; the library sorts by ASCII letters, and Arabic not at all."""

    def __iter__(self) -> Iterator[CountryTuple]:
        """Sorted once for each language: every check of a country asks for all of them."""
        in_order: dict[str, list[CountryTuple]] = vars(self).setdefault("in_order", {})
        language = get_language() or ""
        if language not in in_order:
            in_order[language] = sorted(super().__iter__(), key=lambda country: plain(country.name))
        yield from in_order[language]


countries = CountriesInOrder()


class CountryField(django_countries_fields.CountryField):
    """The library's field with its countries in our order. For the database, and so for migrations, it is the same."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options | {"countries": CountriesInOrder})

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        options.pop("countries", None)
        return name, "django_countries.fields.CountryField", args, options
