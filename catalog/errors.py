"""Why a change to the catalog is refused. Each carries a sentence for the person who asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CannotPublish(Exception):
    """The activity is not fit to be seen yet; `sentence` says what is missing."""

    def __init__(self, sentence: str | Promise):
        super().__init__(sentence)
        self.sentence = sentence


class NoTitle(CannotPublish):
    def __init__(self) -> None:
        super().__init__(_("This activity has no English title yet. Give it one, then publish it."))


class NothingToAttend(CannotPublish):
    def __init__(self) -> None:
        super().__init__(_("This activity has no session yet. Add one with its date, then publish it."))


class NoLanguage(CannotPublish):
    def __init__(self) -> None:
        super().__init__(
            _("Nobody would know in which language this activity is held. Name one, then publish it.")
        )


class NoMeetings(CannotPublish):
    def __init__(self) -> None:
        super().__init__(
            _(
                "One of the sessions has no meetings. Add them, or say that people learn at their own pace, "
                "then publish the activity."
            )
        )


class MeetingsOverlap(Exception):
    """Two meetings of one session at the same time, or one that ends before it starts."""

    sentence = _(
        "Two meetings of this session overlap, or one ends before it starts. Look at their times again."
    )
