# What the station uses of django-countries: its own types leave out what a field gives, and much besides.
from collections.abc import Iterator
from typing import NamedTuple

class CountryTuple(NamedTuple):
    code: str
    name: str

class Countries:
    def __iter__(self) -> Iterator[CountryTuple]: ...
    def name(self, code: str) -> str: ...
