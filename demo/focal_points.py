"""Who speaks for a city, with one of its people confirmed and others who wait."""

from datetime import datetime, timedelta

from accounts.models import User
from focal_points import actions, waiting
from focal_points.models import FocalPoint
from membership.models import Claim
from registrations.models import Registration

from .one_click import FOCAL_POINT


def name_focal_point(*, by: User, now: datetime) -> None:
    """Once: who was ended meanwhile stays so."""
    person = User.objects.select_related("organization").filter(email=FOCAL_POINT.email).first()
    if person is None or person.organization is None or FocalPoint.objects.filter(person=person).exists():
        return
    named_at = now - timedelta(days=40)
    last_day = (named_at + timedelta(days=365)).date()
    actions.name(person=person, organization=person.organization, last_day=last_day, by=by, now=named_at)


def ask_focal_point(*, now: datetime) -> None:
    """Of their people one was confirmed; of the others they were told. Whose place is held waits."""
    for office in FocalPoint.objects.in_office(now).filter(person__email=FOCAL_POINT.email):
        claims = Claim.objects.filter(organization=office.organization).exclude(person=office.person)
        held = Registration.objects.held().values("person")
        takes_part = Registration.objects.standing().filter(session__ends_at__gt=now).values("person")
        known = claims.filter(person__in=takes_part).exclude(person__in=held).order_by("pk").first()
        if known and not claims.filter(ground=Claim.Ground.FOCAL_POINT).exists():
            actions.confirm(claim=known, by=office.person, now=now)
    waiting.tell(now=now)
