from accounts.models import Organization, OrganizationName
from accounts.naming import tell_renamed

from .tables import rows_of

LANGUAGES = ("en", "fr", "es", "ar", "ko", "zh", "fa")


def load_names() -> int:
    """The names of member cities in other languages. An organization that has names already is left as staff have it."""
    nameless = {
        organization.slug: organization for organization in Organization.objects.filter(names=None).order_by()
    }
    named = [(nameless[row["slug"]], row) for row in rows_of("city_names.csv") if row["slug"] in nameless]
    added = OrganizationName.objects.bulk_create(
        name for organization, row in named for name in names_of(organization, row)
    )
    for host in Organization.objects.filter(
        pk__in=[organization.pk for organization, _row in named], hosts__isnull=False
    ).distinct():
        tell_renamed(host)
    return len(added)


def names_of(organization: Organization, row: dict[str, str]) -> list[OrganizationName]:
    """One short name per language, then the `others`: “former en:Peking;alias:KL”, with the language where it has one."""
    names = [(OrganizationName.Kind.SHORT, language, row[language]) for language in LANGUAGES]
    for part in filter(None, row["others"].split(";")):
        kind_and_language, _colon, name = part.partition(":")
        kind, _space, language = kind_and_language.partition(" ")
        names.append((OrganizationName.Kind(kind), language, name))
    return [
        OrganizationName(
            organization=organization,
            kind=kind,
            language=language,
            name=name,
            source=source_of(row, language),
        )
        for kind, language, name in names
    ]


def source_of(row: dict[str, str], language: str) -> str:
    """“GeoNames” where it has the short name in this language, else “usage”."""
    sources = dict(part.split(": ") for part in row["source"].split("; "))
    return "GeoNames" if language in sources.get("GeoNames", "").split() else "usage"
