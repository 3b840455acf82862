from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(
    focal_point_named=_("named as a focal point"),
    focal_point_ended=_("no longer a focal point"),
    people_to_confirm=_("people wait for a focal point’s word"),
)
can_wait("people_to_confirm")
