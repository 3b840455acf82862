"""Two accounts of one person, registered for one session by both: somebody at the desk has them to merge."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from accounts.models import User
from registrations.actions import register

from .people import members_by_name, person_of, verified_email
from .specs import people_specs

ROOM_LEFT = 3  # so that the session stays what it is in the demonstration


def make_second_accounts(*, now: datetime) -> None:
    """Of people who are there already, each with a second account. Who has theirs is left alone."""
    for spec in people_specs()["doubles"]:
        if User.objects.filter(email__iexact=spec["email"]).exists():
            continue
        one = User.objects.filter(email=spec["double_of"]).first()
        if one is None:
            continue
        double = person_of(spec, members_by_name())
        double.save()
        EmailAddress.objects.bulk_create([verified_email(double)])
        coming = one.registrations.confirmed().filter(session__ends_at__gt=now, session__cancelled_at=None)
        for own in coming.select_related("session").order_by("session__starts_at"):
            session = own.session
            if session.closes_at > now and (session.places is None or (session.places_left or 0) > ROOM_LEFT):
                register(session=session, person=double, by=double, now=now - timedelta(hours=2))
                break
