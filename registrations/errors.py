"""Why a registration, or a change to a session, is refused."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from catalog.models import Session
from texts import refusals

from . import clocks


class Refused(refusals.Refused):
    """Base of the refusals of this room. Moments in a `sentence` are on the reader's clock."""

    def __init__(self, session: Session):
        self.session = session

    def __str__(self) -> str:
        """For a report of errors: nothing that would have to be fetched, which may fail again."""
        return type(self).__name__

    @property
    def host(self) -> str:
        return self.session.activity.host_name


class OutsideHours(Refused):
    """Too early or too late by the hour `at`.

    Staff may let people in all the same and say why; `went_past` names it in the history.
    """

    went_past: str

    def __init__(self, session: Session, at: datetime):
        super().__init__(session)
        self.at = at

    @property
    def when(self) -> str:
        return clocks.moment(self.at, self.session)


class SessionCancelled(Refused):
    words = _("This session was cancelled. Have a look at the other activities: one may suit you.")


class NotOffered(Refused):
    """The activity is not published, or was withdrawn."""

    words = _("This activity is not offered at the moment. Have a look at the other activities.")


class SessionIsOver(OutsideHours):
    went_past = "added afterwards"
    words = _("This session is over. Have a look at the activities that are coming.")

    def __init__(self, session: Session):
        super().__init__(session, session.ends_at)


class RegistrationHoursCross(Refused):
    """Said to staff who move a session."""

    words = _("Registration would close before it opens. Change one of the two hours as well.")


class RegistrationClosed(OutsideHours):
    went_past = "let in late"
    words = _("Registration closed on %(when)s. If you still hope to take part, write to %(host)s.")


class RegistrationNotOpenYet(OutsideHours):
    went_past = "let in early"
    words = _("Registration opens on %(when)s.")


class ByApplication(Refused):
    words = _(
        "This session takes applications, not registrations, and the form for them is not open. "
        "Write to %(host)s to say that you are interested."
    )


class InvitationOnly(Refused):
    words = _(
        "This session is by invitation, and your e-mail address is not among those invited. "
        "If you were invited at another address, sign in with that one, or write to %(host)s."
    )


class MembersOnly(Refused):
    words = _(
        "This session is for people of member organizations, and their organization confirms that they act for it. "
        "If you think that you should be able to register, write to %(host)s."
    )


class MembersFirst(OutsideHours):
    went_past = "let in before members"
    words = _(
        "Until %(when)s this session is kept for people of member organizations. "
        "After that, everyone may register."
    )


class ProfileIncomplete(Refused):
    words = _("Before you register, tell us who you are and whom you act for. It is one short form.")


class AccountClosed(Refused):
    words = _("This account was closed, so nothing can be registered for it. Sign in with another address.")


class StaffOnly(Refused):
    """Someone who is not staff tried to pass the limit of places."""

    words = _("Only staff can let someone in beyond the places. Register as usual to join the waiting list.")


class NobodyMovesUp(Refused):
    """Staff would put somebody on a waiting list from which nobody is let in any more."""

    words = _("All places are taken or waited for, and nobody is let in from the waiting list any more.")


class TooLateToCancel(Refused):
    words = _("This session is over, so the registration can no longer be cancelled.")
