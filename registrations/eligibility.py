"""Who may register for a session, and when. Asked by the action before it writes, and by pages to say why not."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from accounts.whose import written_to
from catalog.models import Session

from . import errors


def first_refusal(session: Session, person: User | None, now: datetime) -> errors.Refused | None:
    """The first reason why this person may not register now; None when they may.

    For someone who is not signed in (None or anonymous) only what holds for everybody is known. Whether a
    place is left is no reason: there is a waiting list.
    """
    return next(refusals(session, person, now), None)


def refusals(session: Session, person: User | None, now: datetime) -> Iterator[errors.Refused]:
    """All of them, the gravest first: staff may go past those of time (errors.OutsideHours), and past no other."""
    yield from refusals_for_everybody(session, now)
    if person is not None and person.is_authenticated:
        yield from refusals_for_person(session, person, now)


def refusals_for_everybody(session: Session, now: datetime) -> Iterator[errors.Refused]:
    """What keeps everybody out."""
    yield from refusals_of_change(session, now)
    if not session.activity.is_public:
        yield errors.NotOffered(session)
    if session.admission == Session.Admission.APPLICATION:
        yield errors.ByApplication(session)
    if session.registration_opens_at and now < session.registration_opens_at:
        yield errors.RegistrationNotOpenYet(session, session.registration_opens_at)
    if session.closes_at <= now < session.ends_at:
        yield errors.RegistrationClosed(session, session.closes_at)


def refusals_of_change(session: Session, now: datetime) -> Iterator[errors.Refused]:
    """What makes every change of registrations too late."""
    if session.is_cancelled:
        yield errors.SessionCancelled(session)
    if now >= session.ends_at:
        yield errors.SessionIsOver(session)


def refusals_for_person(session: Session, person: User, now: datetime) -> Iterator[errors.Refused]:
    if person.erased_at or not person.is_active:
        yield errors.AccountClosed(session)
    if session.eligibility == Session.Eligibility.INVITED and not is_invited(session, person):
        yield errors.InvitationOnly(session)
    # Before membership: without a profile we do not know whom they act for.
    if not person.has_profile:
        yield errors.ProfileIncomplete(session)
    if session.eligibility == Session.Eligibility.MEMBERS_ONLY and not is_of_a_member(person, now):
        yield errors.MembersOnly(session)
    until = kept_for_members_until(session)
    if until and now < until and not is_of_a_member(person, now):
        yield errors.MembersFirst(session, until)


def is_invited(session: Session, person: User) -> bool:
    """By any address that is theirs. Asked of many people of one session, of invitations that were fetched before."""
    if "invitations" in getattr(session, "_prefetched_objects_cache", {}):
        email = person.email.lower()
        if any(one.email.lower() == email for one in session.invitations.all()):
            return True
    return person.pk is not None and session.invitations.filter(written_to(person)).exists()


def is_of_a_member(person: User, now: datetime) -> bool:
    return person.organization is not None and person.organization.is_member(now)


def kept_for_members_until(session: Session) -> datetime | None:
    """When the members' turn ends, where they have one."""
    if session.eligibility == Session.Eligibility.MEMBERS_FIRST:
        return session.members_first_until
    return None
