"""On “My pages” of a focal point: the way to what their cities learned."""

from datetime import datetime

from accounts.models import Organization, User
from accounts.my_pages import Section
from focal_points.standing import organizations_of


def records_of_my_cities(person: User, now: datetime) -> Section | None:
    cities = list(Organization.objects.named().filter(pk__in=organizations_of(person, now).values("pk")))
    return Section("city_record/_my_pages.html", {"cities": cities}) if cities else None
