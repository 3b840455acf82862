from django.utils.translation import gettext as _

from catalog.models import Session


def consent_wording(session: Session) -> str:
    """What a person agrees to by registering: shown beside the button, and kept as it was shown."""
    return _(
        "%(host)s and the secretariat of the association may use my name, e-mail address, post, organization and country "
        "to run this session: to write to me about it, to count who takes part, and to certify that I did."
    ) % {"host": session.activity.host_name}
