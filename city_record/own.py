"""What a person reads of what their city sees: the same lines, from the same function."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Organization, User

from .agreeing import cities_of, has_agreed
from .record import seen_of
from .words import Person, person_in_words


@dataclass(frozen=True)
class OwnCity:
    city: Organization
    agreed: bool
    seen: Person | None  # what it sees, or would see; None while there is nothing
    wording: str


def own_cities(person: User) -> list[OwnCity]:
    return [own_city(person, city) for city in cities_of(person)]


def own_city(person: User, city: Organization) -> OwnCity:
    seen = seen_of(city, User.objects.filter(pk=person.pk))
    return OwnCity(
        city,
        has_agreed(person, city),
        person_in_words(seen[0]) if seen else None,
        wording(city),
    )


def wording(city: Organization) -> str:
    """What one agrees to. It is kept with the consent."""
    return _(
        "The focal points of %(city)s and the secretariat see my name and what I learned here while I acted for it: the "
        "titles of activities, their days, how long I was there, and my certificates. I can take this back at any time."
    ) % {"city": city.name_shown}
