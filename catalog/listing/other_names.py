"""What topics, formats and hosts are called in other languages than those that staff write in: only to be searched for.

The names lie in `data/`, with their sources; a row's cell may hold several, set apart by semicolons. Cities have theirs in
the database (accounts.models.OrganizationName).
"""

import csv
from functools import cache

from django.conf import settings

DATA = settings.BASE_DIR / "data"
NOT_NAMES = {"slug", "source"}


@cache
def names_in(table: str) -> dict[str, str]:
    """All names of each slug of `data/<table>.csv`, in one text."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["slug"]: " ; ".join(names for column, names in row.items() if column not in NOT_NAMES)
            for row in csv.DictReader(lines)
        }


def names_of_topic(slug: str) -> str:
    return names_in("topic_names").get(slug, "")


def names_of_host(slug: str) -> str:
    return names_in("host_names").get(slug, "")


def names_of_format(format: str, *, with_certificate: bool) -> str:
    """How people ask for this kind of activity, and for a certificate where it has one."""
    names = names_in("format_names")
    return " ; ".join([names.get(format, ""), names["certificate"] if with_certificate else ""])
