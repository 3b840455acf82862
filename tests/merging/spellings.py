"""Two spellings of one city, with something of each kind that points to an organization."""

from datetime import date
from typing import Any

from accounts.models import Organization, OrganizationName
from hubs.models import Agreement, Party
from tests import cast


def two_spellings() -> tuple[Organization, Organization]:
    """The one that is to stay, and the other."""
    kept = cast.organization("Dakar", latitude=14.69, longitude=-17.45)
    gone = cast.organization("Ville de Dakar")
    OrganizationName.objects.bulk_create(
        [
            OrganizationName(organization=kept, name="Dakar", language="fr"),
            OrganizationName(organization=gone, name="Dakar-Ville", language="fr"),
            OrganizationName(organization=gone, name="داكار", language="ar"),
            OrganizationName(organization=gone, name="Ndakaaru", language="wo", kind="alias"),
        ]
    )
    return kept, gone


def with_rows(organization: Organization) -> dict[str, Any]:
    """By the column that points to it."""
    people = [cast.person(name, organization=organization) for name in ("Awa Ndiaye", "Omar Sarr")]
    host = cast.host("cairo", organization=organization)
    agreement = Agreement.objects.create(
        host=host,
        member=organization,
        kind=Agreement.Kind.TERMS_OF_REFERENCE,
        theme="Water",
        starts_on=date(2026, 1, 1),
        ends_on=date(2028, 12, 31),
    )
    party = Party.objects.create(
        agreement=agreement, organization=organization, name=organization.name, role="pays"
    )
    activity = cast.activity(host=host, credited_to=organization)
    return {
        "accounts.User.organization": people,
        "hubs.Host.organization": [host],
        "hubs.Agreement.member": [agreement],
        "hubs.Party.organization": [party],
        "catalog.Activity.credited_to": [activity],
    }


def whose(rows: dict[str, Any]) -> set[str]:
    """The names of the organizations that all these rows point to."""
    names = set()
    for column, those in rows.items():
        field = column.rpartition(".")[2]
        for row in those:
            row.refresh_from_db()
            names.add(str(getattr(row, field)))
    return names
