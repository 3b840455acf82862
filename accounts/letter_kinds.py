from django.utils.translation import gettext_lazy as _

from outbox.kinds import name_kinds

name_kinds(
    sign_in_code=_("code to sign in"),
    address_code=_("code to prove an address"),
    account_note=_("note about the account"),
    new_role=_("a role at the desk"),
)
