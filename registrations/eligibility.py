"""Who may register for a session, and when. Asked by the action before it writes, and by pages to say why not."""

from datetime import datetime

from accounts.models import User
from catalog.models import Session

from . import errors


def why_not(session: Session, person: User | None, now: datetime) -> errors.Refused | None:
    """The first reason why this person may not register now; None when they may.

    For someone who is not signed in (None or anonymous) only what holds for everybody is known. Whether a
    place is left is no reason: there is a waiting list.
    """
    refusal = why_nobody(session, now)
    if refusal or person is None or not person.is_authenticated:
        return refusal
    return why_not_this_person(session, person, now)


def why_nobody(session: Session, now: datetime) -> errors.Refused | None:
    """What keeps everybody out."""
    if refusal := why_no_change(session, now):
        return refusal
    if not session.activity.is_public:
        return errors.NotOffered(session)
    if session.admission == Session.Admission.APPLICATION:
        return errors.ByApplication(session)
    if session.registration_opens_at and now < session.registration_opens_at:
        return errors.RegistrationNotOpenYet(session, session.registration_opens_at)
    if now >= session.closes_at:
        return errors.RegistrationClosed(session, session.closes_at)
    return None


def why_no_change(session: Session, now: datetime) -> errors.Refused | None:
    """What makes every change of registrations too late."""
    if session.is_cancelled:
        return errors.SessionCancelled(session)
    if now >= session.ends_at:
        return errors.SessionIsOver(session)
    return None


def why_not_this_person(session: Session, person: User, now: datetime) -> errors.Refused | None:
    if person.erased_at or not person.is_active:
        return errors.AccountClosed(session)
    if session.eligibility == Session.Eligibility.INVITED and not is_invited(session, person):
        return errors.InvitationOnly(session)
    # Before membership: without a profile we do not know whom they act for.
    if not person.has_profile:
        return errors.ProfileIncomplete(session)
    if session.eligibility == Session.Eligibility.MEMBERS_ONLY and not is_of_a_member(person, now):
        return errors.MembersOnly(session)
    until = kept_for_members_until(session)
    if until and now < until and not is_of_a_member(person, now):
        return errors.MembersFirst(session, until)
    return None


def is_invited(session: Session, person: User) -> bool:
    return session.invitations.filter(email__iexact=person.email).exists()


def is_of_a_member(person: User, now: datetime) -> bool:
    return person.organization is not None and person.organization.is_member(now)


def kept_for_members_until(session: Session) -> datetime | None:
    """When the members' turn ends, where they have one."""
    if session.eligibility == Session.Eligibility.MEMBERS_FIRST:
        return session.members_first_until
    return None
