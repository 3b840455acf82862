from django.utils.text import slugify

from accounts.models import Organization
from accounts.regions import Region

from .tables import rows_of


def load_members() -> int:
    """The member metropolises as far as sources state, imply or let us assume them. Staff correct the rest."""
    there = set(Organization.every.values_list("slug", flat=True))
    regions = {
        "Africa": Region.AFRICA,
        "Asia-Pacific": Region.ASIA_PACIFIC,
        "Europe": Region.EUROPE,
        "Latin America and the Caribbean": Region.LATIN_AMERICA_CARIBBEAN,
        "North America": Region.NORTH_AMERICA,
    }
    missing = [
        Organization(
            slug=slugify(row["name"]),
            name=row["name"],
            kind=Organization.Kind.MEMBER,
            country=row["iso2"],
            region=regions[row["region"]],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            timezone=row["timezone"],
            certainty=row["certainty"],
        )
        for row in rows_of("members.csv")
        if slugify(row["name"]) not in there
    ]
    Organization.objects.bulk_create(missing)
    return len(missing)
