from django.utils.translation import gettext_lazy as _

from outbox.kinds import name_kinds

name_kinds(entered_by_list=_("entered by staff, out of a list"))
