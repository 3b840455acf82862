from django.utils.translation import gettext_lazy as _

from outbox.kinds import name_kinds

name_kinds(
    accounts_merged=_("two accounts made one"),
    accounts_parted=_("two accounts are two again"),
)
