"""Why a change was refused: each refusal has a sentence for the person, saying what happened and what they
can do now."""

from datetime import datetime

from django.utils.translation import gettext as _

from catalog.models import Session

from . import clocks


class Refused(Exception):
    """Base of all refusals. `sentence` is worded when it is read, in the reader's language and clock."""

    def __init__(self, session: Session):
        self.session = session
        super().__init__(type(self).__name__)

    @property
    def sentence(self) -> str:
        raise NotImplementedError

    @property
    def host(self) -> str:
        return self.session.activity.host_name


class OutsideHours(Refused):
    """Too early or too late. Staff may let people in all the same and say why; `went_past` names it in the history."""

    went_past: str


class SessionCancelled(Refused):
    @property
    def sentence(self) -> str:
        return _("This session was cancelled. Have a look at the other activities: one may suit you.")


class NotOffered(Refused):
    """The activity is not published, or was withdrawn."""

    @property
    def sentence(self) -> str:
        return _("This activity is not offered at the moment. Have a look at the other activities.")


class SessionIsOver(OutsideHours):
    went_past = "added afterwards"

    @property
    def sentence(self) -> str:
        return _("This session is over. Have a look at the activities that are coming.")


class RegistrationHoursCross(Refused):
    """Said to staff who move a session."""

    @property
    def sentence(self) -> str:
        return _("Registration would close before it opens. Change one of the two hours as well.")


class RegistrationClosed(OutsideHours):
    went_past = "let in late"

    def __init__(self, session: Session, closed_at: datetime):
        super().__init__(session)
        self.closed_at = closed_at

    @property
    def sentence(self) -> str:
        return _("Registration closed on %(when)s. If you still hope to take part, write to %(host)s.") % {
            "when": clocks.moment(self.closed_at, self.session),
            "host": self.host,
        }


class RegistrationNotOpenYet(OutsideHours):
    went_past = "let in early"

    def __init__(self, session: Session, opens_at: datetime):
        super().__init__(session)
        self.opens_at = opens_at

    @property
    def sentence(self) -> str:
        return _("Registration opens on %(when)s.") % {"when": clocks.moment(self.opens_at, self.session)}


class ByApplication(Refused):
    @property
    def sentence(self) -> str:
        return _(
            "This session takes applications, not registrations, and the form for them is not open. "
            "Write to %(host)s to say that you are interested."
        ) % {"host": self.host}


class InvitationOnly(Refused):
    @property
    def sentence(self) -> str:
        return _(
            "This session is by invitation, and your e-mail address is not among those invited. "
            "If you were invited at another address, sign in with that one, or write to %(host)s."
        ) % {"host": self.host}


class MembersOnly(Refused):
    @property
    def sentence(self) -> str:
        return _(
            "This session is for people of member organizations. "
            "If you think that you should be able to register, write to %(host)s."
        ) % {"host": self.host}


class MembersFirst(OutsideHours):
    went_past = "let in before members"

    def __init__(self, session: Session, until: datetime):
        super().__init__(session)
        self.until = until

    @property
    def sentence(self) -> str:
        return _(
            "Until %(when)s this session is kept for people of member organizations. "
            "After that, everyone may register."
        ) % {"when": clocks.moment(self.until, self.session)}


class ProfileIncomplete(Refused):
    @property
    def sentence(self) -> str:
        return _("Before you register, tell us who you are and whom you act for. It is one short form.")


class AccountClosed(Refused):
    @property
    def sentence(self) -> str:
        return _(
            "This account was closed, so nothing can be registered for it. Sign in with another address."
        )


class StaffOnly(Refused):
    """Someone who is not staff tried to pass the limit of places."""

    @property
    def sentence(self) -> str:
        return _(
            "Only staff can let someone in beyond the places. Register as usual to join the waiting list."
        )


class NobodyMovesUp(Refused):
    """Staff would put somebody on a waiting list from which nobody is let in any more."""

    @property
    def sentence(self) -> str:
        return _("All places are taken or waited for, and nobody is let in from the waiting list any more.")


class TooLateToCancel(Refused):
    @property
    def sentence(self) -> str:
        return _("This session is over, so the registration can no longer be cancelled.")
