from accounts.models import Organization
from hubs.models import Host

from .tables import DATA, in_each_language, rows_of, words_of


def load_hosts() -> int:
    words = words_of(DATA / "hosts.toml")
    members = {member.name: member for member in Organization.objects.all()}
    added = 0
    for position, row in enumerate(rows_of("hosts.csv"), start=1):
        said = words[row["slug"]]
        _host, is_new = Host.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "position": position,
                "kind": row["kind"],
                "country": row["iso2"],
                "latitude": float(row["latitude"]),
                "longitude": float(row["longitude"]),
                "timezone": row["timezone"],
                "regions": said["regions"],
                "host_institution": row["host_institution"],
                "established": row["established"],
                "languages": said["languages"],
                "email": said["reply_to"],
                "organization": members.get(row["city"]),
                **in_each_language("name", said["name"]),
                **in_each_language("city", said["city"]),
                **in_each_language("region_served", said["region_served"]),
                **in_each_language("about", said["about"]),
            },
        )
        added += is_new
    return added
