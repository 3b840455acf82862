"""Why a change to the catalog is refused."""

from django.utils.translation import gettext_lazy as _

from pictures.errors import BadPicture
from texts.refusals import Refused

from .certificate_rule import Rule


class CannotPublish(Refused):
    """The activity is not fit to be seen yet."""


class NoTitle(CannotPublish):
    words = _("This activity has no English title yet. Give it one, then publish it.")


class NothingToAttend(CannotPublish):
    words = _("This activity has no session yet. Add one with its date, then publish it.")


class NoLanguage(CannotPublish):
    words = _("Nobody would know in which language this activity is held. Name one, then publish it.")


class NoMeetings(CannotPublish):
    words = _(
        "One of the sessions has no meetings. Add them, or say that people learn at their own pace, "
        "then publish the activity."
    )


class RuleWasTold(Refused):
    """The new rule would take from somebody what the old one, by which the first meeting began, gave them."""

    words = _(
        "The first meeting has begun, so the rule changes in people’s favor only: for the same certificate, so many "
        "percent of the same or fewer. It stands at: %(now)s."
    )

    def __init__(self, rule: Rule):
        self.rule = rule

    @property
    def now(self) -> str:
        return self.rule.words()


class CannotDelete(Refused):
    """The activity is no mere draft, and stays."""


class WasPublic(CannotDelete):
    words = _(
        "It was public, so others may point to it: it is not deleted. Withdraw it, and only staff see it."
    )


class HasRegistrations(CannotDelete):
    words = _(
        "People are, or were, registered for one of its sessions: it stays, for they have letters about it."
    )


class CameFromProposal(CannotDelete):
    words = _(
        "It came of the proposal %(code)s, whose authors were told so: it stays, as a draft if need be."
    )

    def __init__(self, code: str):
        self.code = code


class MeetingsRefused(Refused):
    """The meetings of a session cannot be as they were given."""


class MeetingIsOnRecord(MeetingsRefused):
    """Something was noted of a meeting that would be dropped, such as who was there."""

    words = _(
        "It is on record who was at one of the meetings that you took out, or what was asked there: it stays. "
        "Put it back, with its hours."
    )


class MeetingsOverlap(MeetingsRefused):
    """Two meetings of one session at the same time, or one that ends before it starts."""

    words = _(
        "Two meetings of this session overlap, or one ends before it starts. Look at their times again."
    )


class PictureWithoutWords(BadPicture):
    words = _("Say in English what the picture shows, for those who do not see it, and whose picture it is.")
