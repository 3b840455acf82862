"""Who takes part in the demonstration: every registration goes through the action a person's click goes through."""

import random
from datetime import datetime, timedelta

from accounts.models import User
from catalog.models import Session
from registrations.actions import cancel_session, register
from registrations.models import Invitation

from .memberships import unconfirmed
from .specs import Spec

CANCELLED_BEFORE = timedelta(hours=20)
WHY_CANCELLED = {
    "en": "The trainers cannot travel on these days. We are looking for another date and will announce it here.",
    "fr": "Les formateurs ne peuvent pas se déplacer à ces dates. Nous cherchons une autre date et l’annoncerons ici.",
    "es": "Las personas formadoras no pueden viajar en esas fechas. Buscamos otra fecha y la anunciaremos aquí.",
}


def fill(
    session: Session, spec: Spec, *, people: list[User], also: list[User], by: User, now: datetime
) -> int:
    """Register as many as the spec says, over the time in which it could have happened; `also` come last among them."""
    chance = random.Random(f"{session.activity.slug} {spec['offset_days']}")
    wanted = spec["confirmed"] + spec["waiting"]
    also = also[:wanted]
    unknown = unconfirmed(now)
    candidates = [person for person in people if may_come(person, session, unknown)]
    chosen = chance.sample(candidates, k=min(wanted - len(also), len(candidates))) + also
    if session.eligibility == Session.Eligibility.INVITED:
        Invitation.objects.bulk_create(
            Invitation(session=session, email=person.email, invited_by=by, invited_at=moment)
            for person, moment in zip(chosen, moments(session, now, len(chosen), chance), strict=True)
        )
    for person, moment in zip(chosen, moments(session, now, len(chosen), chance), strict=True):
        register(session=session, person=person, by=person, now=moment)
    if spec["state"] == "cancelled":
        cancel_session(session=session, reason=WHY_CANCELLED, by=by, now=now - CANCELLED_BEFORE)
    return len(chosen)


def may_come(person: User, session: Session, unknown: set[int]) -> bool:
    """Members come to every session; the others where it is open to everyone all the time."""
    return session.eligibility == Session.Eligibility.EVERYONE or bool(
        person.organization_id and person.pk not in unknown
    )


def moments(session: Session, now: datetime, count: int, chance: random.Random) -> list[datetime]:
    """`count` rising moments while registration was open."""
    last = min(now, session.closes_at) - CANCELLED_BEFORE - timedelta(hours=1)
    announced = session.activity.published_at or session.starts_at
    opened = session.registration_opens_at or max(announced, session.starts_at - timedelta(days=60))
    first = min(opened + timedelta(minutes=5), last)
    return sorted(first + (last - first) * chance.random() for _ in range(count))
