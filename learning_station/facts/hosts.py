from accounts.models import Organization
from hubs.models import Host

from .tables import DATA, in_each_language, rows_of, texts_of


def load_hosts() -> int:
    texts_by_slug = texts_of(DATA / "hosts.toml")
    members = {member.name: member for member in Organization.objects.all()}
    added = 0
    for position, row in enumerate(rows_of("hosts.csv"), start=1):
        texts = texts_by_slug[row["slug"]]
        _host, is_new = Host.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "position": position,
                "kind": row["kind"],
                "country": row["iso2"],
                "latitude": float(row["latitude"]),
                "longitude": float(row["longitude"]),
                "timezone": row["timezone"],
                "regions": texts["regions"],
                "host_institution": row["host_institution"],
                "established": row["established"],
                "languages": texts["languages"],
                "email": texts["reply_to"],
                "organization": members.get(row["city"]),
                **in_each_language("name", texts["name"]),
                **in_each_language("city", texts["city"]),
                **in_each_language("region_served", texts["region_served"]),
                **in_each_language("about", texts["about"]),
            },
        )
        added += is_new
    return added
