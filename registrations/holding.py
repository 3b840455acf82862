"""Places for members: whose word it is that somebody is of one, and for how long a place is held until it is said.

What somebody says of themselves is enough to stand in line. A place is theirs once the organization, or the secretariat,
confirms that they act for it; until then it may be held, once, for a few days.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import Organization, User
from catalog.models import Session
from membership.standing import counts, is_known

from .eligibility import is_of_a_member, kept_for_members_until
from .models import Registration, RegistrationQuerySet

HELD_FOR = timedelta(days=5)
BEFORE_START = timedelta(days=2)


def is_for_members(session: Session, now: datetime) -> bool:
    """Whether places are given to people of members alone at that moment."""
    until = kept_for_members_until(session)
    return session.eligibility == Session.Eligibility.MEMBERS_ONLY or (until is not None and now < until)


def for_members(now: datetime) -> Q:
    """The sessions for which `is_for_members` is true."""
    kinds = Session.Eligibility
    first = Q(eligibility=kinds.MEMBERS_FIRST, members_first_until__gt=now)
    return Q(eligibility=kinds.MEMBERS_ONLY) | first


def is_confirmed(person: User, now: datetime) -> bool:
    """Whether the person acts for a member by more than their own word."""
    return is_of_a_member(person, now) and is_known(person, now)


def most_held(places: int | None) -> int | None:
    """How many places may be held at once: a tenth, and two of few. None where places are without limit."""
    return None if places is None else max(2, places // 10)


def hold_until(session: Session, now: datetime, *, before: datetime | None = None) -> datetime | None:
    """Until when a place could be held from now on; None when there is no time left for it. Who had one held before gets no
    longer than they had then."""
    until = min(now + HELD_FOR, last_moment(session), before or last_moment(session))
    return until if until > now else None


def last_moment(session: Session) -> datetime:
    """No place is held any longer: whoever is next has to know in time."""
    begins = session.ends_at if session.self_paced or session.late_registration else session.starts_at
    return begins - BEFORE_START


def who_could_be_let_in(
    line: RegistrationQuerySet, session: Session, now: datetime
) -> tuple[RegistrationQuerySet, RegistrationQuerySet]:
    """Of who waits: those who would have a place, and those for whom one would be held. Each in the order of the line."""
    if not is_for_members(session, now):
        return line, line.none()
    said = line.annotate(member_confirmed=counts("person", now))
    of_members = said.filter(by_members(now))
    claimed = of_members.filter(member_confirmed=False)
    if hold_until(session, now) is None:
        claimed = claimed.none()
    claimed = claimed.filter(Q(hold_until=None) | Q(hold_until__gt=now))
    return of_members.filter(member_confirmed=True), claimed


def whose_hold_is_over(held: RegistrationQuerySet, now: datetime) -> RegistrationQuerySet:
    """Whose time is over, or who no longer says that they act for a member."""
    return held.filter(Q(hold_until__lte=now) | ~by_members(now) | Q(person__organization=None))


def who_has_the_place(held: RegistrationQuerySet, session: Session, now: datetime) -> RegistrationQuerySet:
    """Whose held place is theirs: who is confirmed; and everybody where the session is no longer for members."""
    return who_is_confirmed(held, now) if is_for_members(session, now) else held


def who_is_confirmed(registrations: RegistrationQuerySet, now: datetime) -> RegistrationQuerySet:
    said = registrations.annotate(member_confirmed=counts("person", now))
    return said.filter(by_members(now), member_confirmed=True)


def by_members(now: datetime) -> Q:
    """Of people who act for a member, by whosever word."""
    return Q(person__organization__in=Organization.objects.members(now))


def sessions_to_settle(now: datetime) -> QuerySet[Session]:
    """Those in which somebody has a place, or has none any more, since a claim was confirmed or a time is over."""
    held = Registration.objects.held()
    decided = (
        whose_hold_is_over(held, now).values("session").union(who_is_confirmed(held, now).values("session"))
    )
    ahead = Session.objects.standing().filter(ends_at__gt=now)
    takes_in = Q(starts_at__gt=now) | Q(self_paced=True) | Q(late_registration=True)
    free = ahead.filter(takes_in, Q(places=None) | Q(places_taken__lt=F("places")), waiting_count__gt=0)
    # A few, asked for first: else PostgreSQL begins with everybody who is confirmed.
    lines = list(free.values_list("pk", flat=True))
    in_line = Registration.objects.waiting().order_by().filter(session__in=lines)
    # By the clock, or since staff said so: their line moves, and what is held is given.
    opened = ahead.exclude(for_members(now)).filter(Q(pk__in=lines) | Q(pk__in=held.values("session")))
    moves_up = Q(pk__in=opened) | Q(pk__in=who_is_confirmed(in_line, now).values("session"))
    return ahead.filter(Q(pk__in=decided) | moves_up).order_by("pk")
