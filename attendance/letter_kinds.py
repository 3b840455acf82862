from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(
    guest_asked=_("guest: asked to confirm"),
    helper_named=_("helper of a session: named"),
    correction_asked=_("attendance: a correction asked for"),
    correction_answered=_("attendance: a correction answered"),
)

can_wait("helper_named", "correction_asked", "correction_answered")
