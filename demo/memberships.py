"""Who acts for which member: most are on record, some by the domain of their city, and a few wait to be confirmed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import Organization, User
from catalog.models import Session
from membership import actions
from membership.models import Claim, EmailDomain
from registrations.actions import register
from registrations.eligibility import first_refusal
from registrations.holding import hold_until, is_for_members

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
    put_others_on_record(now=now)


def put_others_on_record(*, now: datetime) -> None:
    invented = User.objects.filter(email__endswith=f".{EXAMPLE_DOMAIN}")
    invented.filter(joined_at__gt=now - SINCE).update(joined_at=now - SINCE)  # before all that they went to
    people = User.objects.exclude(organization__slug__in=[*KNOWN_BY_DOMAIN, *WAITS])
    actions.put_on_record(people=people, now=now - timedelta(days=20))
    while actions.look_after(now=now):
        pass


def unconfirmed(now: datetime) -> set[int]:
    """People who have no place where places are for members."""
    return set(Claim.objects.to_confirm(now).values_list("person", flat=True))


def hold_a_place(sessions: Iterable[Session], *, now: datetime) -> None:
    """For somebody of a city that has not said yet that it knows them, in the next session for members."""
    confirmed = Claim.objects.confirmed(now).values("person")
    person = User.objects.filter(organization__slug=WAITS[0]).exclude(pk__in=confirmed).order_by("pk").first()
    if person is None:
        return
    for session in sorted(sessions, key=lambda session: session.starts_at):
        has_time = is_for_members(session, now) and hold_until(session, now)
        if has_time and session.places_left and first_refusal(session, person, now) is None:
            register(session=session, person=person, by=person, now=now)
            return


def clear_memberships() -> None:
    """Claims go with their people."""
    EmailDomain.objects.filter(domain__endswith=f".{EXAMPLE_DOMAIN}").delete()
