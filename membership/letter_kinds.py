from django.utils.translation import gettext_lazy as _

from outbox.kinds import name_kinds

name_kinds(
    membership_confirmed=_("confirmed for whom one acts"),
    membership_refused=_("not confirmed for whom one acts"),
)
