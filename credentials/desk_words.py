"""What pages, lists and files at the desk say of a certificate."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .facts import Facts
from .models import Certificate

HOUR = 60


def name_shown(certificate: Certificate) -> str:
    """As far as the host may know it: of who has not agreed any more, the address by which they were registered."""
    if certificate.erased_at:
        return _("erased")
    return certificate.said.name if certificate.registration.discloses else certificate.owner.email


def length(said: Facts) -> str:
    """“5 meetings, 30 h”; "" where one learned at one's own pace."""
    if not said.meetings:
        return ""
    meetings = ngettext("%(count)d meeting", "%(count)d meetings", said.meetings) % {"count": said.meetings}
    hours, minutes = divmod(said.minutes, HOUR)
    return f"{meetings}, {hours} h {minutes:02d} min" if minutes else f"{meetings}, {hours} h"
