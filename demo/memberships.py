"""Who acts for which member: most are on record, some by the domain of their city, and a few wait to be confirmed."""

from datetime import datetime, timedelta

from accounts.models import Organization, User
from membership import actions
from membership.models import EmailDomain

from .specs import EXAMPLE_DOMAIN

KNOWN_BY_DOMAIN = ("accra", "dakar", "barcelona")
SINCE = timedelta(days=900)
WAITS = ("abidjan", "bamako")  # nobody has confirmed their people


def make_memberships(*, by: User, now: datetime) -> None:
    """Once: whoever was confirmed meanwhile stays so."""
    for slug in KNOWN_BY_DOMAIN:
        organization = Organization.objects.filter(slug=slug, email_domains=None).first()
        if organization:
            domain = f"{slug}.{EXAMPLE_DOMAIN}"
            actions.learn_domain(
                organization=organization, domain=domain, by=by, now=now - timedelta(days=90)
            )
    invented = User.objects.filter(email__endswith=f".{EXAMPLE_DOMAIN}")
    invented.filter(joined_at__gt=now - SINCE).update(joined_at=now - SINCE)  # before all that they went to
    people = User.objects.exclude(organization__slug__in=[*KNOWN_BY_DOMAIN, *WAITS])
    actions.put_on_record(people=people, now=now - timedelta(days=20))
    while actions.look_after(now=now):
        pass


def clear_memberships() -> None:
    """Claims go with their people."""
    EmailDomain.objects.filter(domain__endswith=f".{EXAMPLE_DOMAIN}").delete()
