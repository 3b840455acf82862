"""A focal point of a city, and people who say that they act for it."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Organization, User
from focal_points import actions
from focal_points.models import FocalPoint
from membership import actions as membership
from membership.models import Claim
from tests import cast


def focal_point(
    name: str = "Fatou Sow", of: Organization | None = None, *, now: datetime | None = None, **fields
) -> FocalPoint:
    """For a year, named by somebody of the secretariat."""
    of, now = of or cast.organization(), now or timezone.now()
    person = fields.pop("person", None) or cast.person(name, organization=of, **fields)
    last_day = (now + timedelta(days=365)).date()
    return actions.name(person=person, organization=of, last_day=last_day, by=marta(), now=now)


def marta() -> User:
    return User.objects.filter(name="Marta Soler").first() or cast.secretary()


def claimed(name: str = "Amina Diallo", *, now: datetime | None = None, **fields) -> Claim:
    made = membership.claim(person=cast.person(name, **fields), now=now or timezone.now())
    assert made
    return made
