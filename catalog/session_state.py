"""Where a session stands at a moment, as everybody may know it. Whether *I* may register is another question.

So of a session that is not for everybody it says for whom it is, and not that it is open.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.clock_words import day

from .hours import Meets, runs
from .models import Session

# With so few places left, the number is said.
FEW = 5


class Dated(Meets, Protocol):
    """A session, or a row of a list with the same names."""

    cancelled_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime | None
    closes_at: datetime
    places: int | None
    places_taken: int
    waiting_count: int
    admission: str
    eligibility: str
    members_first_until: datetime | None
    timezone: str


@dataclass(frozen=True)
class State:
    code: str  # its look: static/css/parts/badges.css
    name: str
    takes_registrations: bool = False


def state_of(session: Dated, now: datetime) -> State:
    """The one word that matters most: what is over or called off says so before it speaks of registration."""
    if session.cancelled_at:
        return State("cancelled", _("Cancelled"))
    if session.ends_at <= now:
        return State("past", pgettext("state of a session", "Past"))
    takes = takes_registrations(session, now)
    begun = session.starts_at <= now and not session.self_paced
    if begun and runs(session, now):
        return running(takes)
    if begun and not takes:  # between two meetings
        return State("underway", _("Under way"))
    if session.registration_opens_at and session.registration_opens_at > now:
        return State("soon", _("Registration not yet open"))
    if not takes:
        return State("closed", _("Registration closed"))
    return for_some(session, now) or by_places(session)


def running(takes: bool = False) -> State:
    """Of a session, or of one of its meetings, that takes place now."""
    return State("running", _("Running now"), takes)


def for_some(session: Dated, now: datetime) -> State | None:
    """Of a session that takes registrations, but not from everybody; None of any other."""
    kinds, until = Session.Eligibility, session.members_first_until
    if session.admission == Session.Admission.APPLICATION:
        return State("invited", _("By application"), takes_registrations=True)
    if session.eligibility == kinds.INVITED:
        return State("invited", _("By invitation"), takes_registrations=True)
    if session.eligibility == kinds.MEMBERS_ONLY:
        return State("members", _("For members"), takes_registrations=True)
    if session.eligibility == kinds.MEMBERS_FIRST and until and now < until:
        name = _("For members first until %(day)s") % {
            "day": day(until.astimezone(ZoneInfo(session.timezone)))
        }
        return State("members", name, takes_registrations=True)
    return None


def by_places(session: Dated) -> State:
    """Of a session that takes registrations from everybody."""
    left = places_left(session)
    if left == 0:
        return State("waiting", _("Full, with a waiting list"), takes_registrations=True)
    if left is not None and left <= FEW:
        return State(
            "few",
            ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left},
            takes_registrations=True,
        )
    return State("open", _("Open for registration"), takes_registrations=True)


def takes_registrations(session: Dated, now: datetime) -> bool:
    """Whether the window in which people register contains `now`."""
    opened = session.registration_opens_at is None or session.registration_opens_at <= now
    return session.cancelled_at is None and opened and session.closes_at > now


def places_left(session: Dated) -> int | None:
    """Places a newcomer could have: none while others wait in line, but for members, who go past those whose membership
    nobody has confirmed; None when places are not limited."""
    if session.places is None:
        return None
    if session.waiting_count and session.eligibility not in Session.OF_MEMBERS:
        return 0
    return max(0, session.places - session.places_taken)


def places_in_words(session: Dated) -> str:
    left = places_left(session)
    if left is None:
        return _("Places are not limited")
    if left:
        return ngettext("%(left)d of %(places)d places left", "%(left)d of %(places)d places left", left) % {
            "left": left,
            "places": session.places,
        }
    if session.waiting_count:
        return ngettext(
            "All %(places)d places are taken, %(waiting)d person is waiting",
            "All %(places)d places are taken, %(waiting)d people are waiting",
            session.waiting_count,
        ) % {"places": session.places, "waiting": session.waiting_count}
    return _("All %(places)d places are taken") % {"places": session.places}
