"""A city that learned together: its people were confirmed by the secretariat, its record has numbers, and some agreed to be
named."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from accounts.models import Consent, User
from city_record import actions
from city_record.own import wording
from membership import actions as membership
from membership.models import Claim

from .memberships import SINCE
from .people import members_by_name, person_of, verified_email
from .specs import people_specs

CONFIRMED_AGO = timedelta(days=700)  # so that it still counts, for a month
AGREED = 3


def make_city_people(*, by: User, now: datetime) -> list[User]:
    """In the order of the file. They have acted for it since before the first session they went to."""
    members = members_by_name()
    specs = people_specs()["city"]
    there = set(User.objects.values_list("email", flat=True))
    new = User.objects.bulk_create(person_of(spec, members) for spec in specs if spec["email"] not in there)
    EmailAddress.objects.bulk_create(verified_email(person) for person in new)
    for person in new:
        claim = membership.claim(person=person, now=now - SINCE)
        if claim:
            membership.confirm(claim=claim, ground=Claim.Ground.STAFF, by=by, now=now - CONFIRMED_AGO)
    of_city = User.objects.filter(email__in=[spec["email"] for spec in specs]).select_related("organization")
    people = {person.email: person for person in of_city}
    return [people[spec["email"]] for spec in specs]


def make_city_record(city: list[User], *, now: datetime) -> None:
    """Once: who took their word back meanwhile has."""
    actions.look_after(now=now, since=now - SINCE)
    for person in city[-AGREED:]:
        if person.organization and not person.consents.filter(kind=Consent.Kind.CITY_RECORD).exists():
            words = wording(person.organization)
            actions.agree(person=person, organization=person.organization, wording=words, now=now)
