"""What hangs on the start of a session moves with it: until when one may register, whose turn it is first, when it opens."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from catalog.models import Session

from ..errors import RegistrationHoursCross

REGISTRATION_HOURS = ("registration_opens_at", "members_first_until", "registration_closes_at")

type Decided = Mapping[str, datetime | None]


def move_registration_hours(
    session: Session, *, start_before: datetime, decided: Decided, now: datetime
) -> None:
    """Keep as far from the start what is not `decided`: as many days, at the same hour of the host's clock.

    What has come (registration is open, the members' turn is over) stays so. A deadline moves also when it has passed: a
    session that is put off takes people in again. Raises RegistrationHoursCross.
    """
    zone = session.zone
    shift = wall_time(session.starts_at, zone) - wall_time(start_before, zone)
    for name in REGISTRATION_HOURS:
        moment = getattr(session, name)
        if name in decided:
            setattr(session, name, decided[name])
        elif moment and shift and (moment > now or name == "registration_closes_at"):
            setattr(session, name, (wall_time(moment, zone) + shift).replace(tzinfo=zone))
    if session.registration_closes_at and session.registration_closes_at > session.ends_at:
        session.registration_closes_at = None  # it closes when it starts
    opens, closes = session.registration_opens_at, session.registration_closes_at
    if opens and closes and closes <= opens:
        if "registration_opens_at" in decided or opens > now:
            raise RegistrationHoursCross(session)
        session.registration_opens_at = None  # it was open, and is over


def wall_time(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
