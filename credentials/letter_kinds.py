from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(
    certificate_issued=_("certificate: issued"),
    certificate_replaced=_("certificate: name corrected"),
    certificate_withdrawn=_("certificate: withdrawn"),
)

can_wait("certificate_issued", "certificate_withdrawn")
