"""Why no certificate is issued, corrected or withdrawn."""

from django.utils.translation import gettext_lazy as _

from texts import refusals


class Refused(refusals.Refused):
    """Base of the refusals of this room."""


class NoSignatory(Refused):
    words = _("Nobody signs for %(host)s on this day. Name a signatory first; nothing is issued without one.")

    def __init__(self, host: str):
        self.host = host


class NoInk(Refused):
    words = _(
        "Nothing dark stands on something light in this picture. Sign with a dark pen on white paper, and choose it again."
    )


class NoHost(Refused):
    words = _("This activity has no host, so nobody can sign. Give it one first.")


class NoRule(Refused):
    words = _("This activity has no rule for a certificate.")


class ListsAreOpen(Refused):
    words = _(
        "The list of attendance of a meeting is still open. Certificates are issued when all lists are closed."
    )


class NotOverYet(Refused):
    words = _("The session is not over yet. A certificate says what took place, so it is granted afterwards.")


class WasNotThere(Refused):
    words = _("This person has no place in the session, and was at none of its meetings.")


class NameMissing(Refused):
    words = _("There is no name to write on a certificate: the person has not said it yet.")


class NotAgreed(Refused):
    words = _("You have not agreed yet that the host knows who you are.")


class RuleNotMet(Refused):
    words = _("By the rule of this activity there is no certificate for you.")


class ReasonMissing(Refused):
    words = _("Say why: it stays with the certificate.")


class OwnCertificate(Refused):
    words = _(
        "It would be your own certificate. Somebody else of the host, or of the Secretariat, decides about it."
    )


class HasOne(Refused):
    words = _("This person has this certificate already.")


class PersonWasErased(Refused):
    words = _("The person’s data were erased at their wish. Nothing is issued to them any more.")


class NotCurrent(Refused):
    words = _("This certificate was withdrawn or replaced meanwhile. It stays as it is.")


class SameName(Refused):
    words = _("This is the name that stands on the certificate already.")


class TooLateToCorrect(Refused):
    words = _("The name can be corrected for 30 days. Write to the host: its staff can still do it.")


class NotDoubted(Refused):
    words = _("Nothing speaks against this certificate any more.")


class NoDocument(Refused):
    """Base of why no document is given out."""


class DocumentWithdrawn(NoDocument):
    words = _("This certificate was withdrawn. Its document is not given out any more.")


class DocumentReplaced(NoDocument):
    words = _("This certificate was replaced: the name was corrected. The newest edition has its document.")


class DocumentNotForHost(NoDocument):
    words = _("The person does not agree that the host knows who they are, so its staff have no document.")


class DocumentErased(NoDocument):
    words = _("The person’s data were erased at their wish, so there is no document any more.")
