"""Why two are not merged, or a merge is not undone."""

from django.utils.translation import gettext_lazy as _

from texts.refusals import Refused


class CannotMerge(Refused):
    """Nothing was moved."""


class TheSame(CannotMerge):
    words = _("That is one and the same already. Choose another.")


class IsGone(CannotMerge):
    words = _("“%(gone)s” was merged into “%(kept)s” meanwhile. Look at that one.")

    def __init__(self, gone: object, kept: object):
        self.gone, self.kept = gone, kept


class LosesMembership(CannotMerge):
    words = _(
        "“%(gone)s” is a member and “%(kept)s” is not: its people would lose the places that are kept for members. "
        "Let “%(gone)s” stay, or correct the membership first."
    )

    def __init__(self, kept: object, gone: object):
        self.kept, self.gone = kept, gone


class NotOneself(CannotMerge):
    words = _("Nobody merges their own account. Ask a colleague.")


class OnlySuperuser(CannotMerge):
    words = _("Only a superuser merges another account into the one of a superuser.")


class ErasedAccount(CannotMerge):
    words = _("One of these accounts was erased.")


class OfStaff(CannotMerge):
    words = _(
        "“%(gone)s” has a role at the desk, so this account cannot go. Let it stay, or take the role away first."
    )

    def __init__(self, gone: object):
        self.gone = gone


class ClosedAccount(CannotMerge):
    words = _("“%(kept)s” may not sign in, so this account cannot stay. Let the other one stay.")

    def __init__(self, kept: object):
        self.kept = kept


class CannotUndo(Refused):
    """The merge stands."""


class UndoneBefore(CannotUndo):
    words = _("This merge was undone before.")


class TooLate(CannotUndo):
    words = _("A merge can be undone for 30 days. This one stands.")


class MergedOn(CannotUndo):
    """What was kept then has gone into another since."""

    words = _("“%(kept)s” itself was merged into “%(next)s” later. Undo that merge first.")

    def __init__(self, kept: object, next: object):
        self.kept, self.next = kept, next


class MetAnother(CannotUndo):
    """What came of the one met what came of another that was merged into the same later."""

    words = _(
        "“%(other)s” was merged into “%(kept)s” later, and what came of both was joined. Undo that merge first."
    )

    def __init__(self, other: object, kept: object):
        self.other, self.kept = other, kept


class StandsOtherwise(CannotUndo):
    words = _("“%(gone)s” does not lead to “%(kept)s” any more, so there is nothing to undo.")

    def __init__(self, gone: object, kept: object):
        self.gone, self.kept = gone, kept
