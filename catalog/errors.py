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


class CannotDelete(Exception):
    """The activity is no mere draft; `sentence` says why it stays."""

    def __init__(self, sentence: str | Promise):
        super().__init__(sentence)
        self.sentence = sentence


class WasPublic(CannotDelete):
    def __init__(self) -> None:
        super().__init__(
            _(
                "It was public, so others may point to it: it is not deleted. Withdraw it, and only staff see it."
            )
        )


class HasRegistrations(CannotDelete):
    def __init__(self) -> None:
        super().__init__(
            _(
                "People are, or were, registered for one of its sessions: it stays, for they have letters about it."
            )
        )


class CameFromProposal(CannotDelete):
    def __init__(self, code: str) -> None:
        sentence = _(
            "It came of the proposal %(code)s, whose authors were told so: it stays, as a draft if need be."
        )
        super().__init__(sentence % {"code": code})


class MeetingsOverlap(Exception):
    """Two meetings of one session at the same time, or one that ends before it starts."""

    sentence = _(
        "Two meetings of this session overlap, or one ends before it starts. Look at their times again."
    )


class BadPicture(Exception):
    """A file that cannot be the picture of an activity; `sentence` says why."""

    def __init__(self, sentence: str | Promise):
        super().__init__(sentence)
        self.sentence = sentence


class NoPicture(BadPicture):
    def __init__(self) -> None:
        super().__init__(
            _("This is no picture that we can read. Save it as JPEG, PNG or WebP, and choose it again.")
        )


class PictureTooLarge(BadPicture):
    def __init__(self, most: int) -> None:
        sentence = _(
            "This picture has more than %(most)d million pixels. Make it smaller, and choose it again."
        )
        super().__init__(sentence % {"most": most // 1_000_000})


class PictureTooSmall(BadPicture):
    def __init__(self, width: int, height: int) -> None:
        sentence = _(
            "This picture has %(width)d by %(height)d pixels, and would be blurred. "
            "Choose one of at least 1280 by 720."
        )
        super().__init__(sentence % {"width": width, "height": height})


class PictureWithoutWords(BadPicture):
    def __init__(self) -> None:
        super().__init__(
            _("Say in English what the picture shows, for those who do not see it, and whose picture it is.")
        )
