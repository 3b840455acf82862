from django.utils.translation import gettext_lazy as _

from outbox.kinds import name_kinds

# It may be about this very day, so it comes at any hour.
name_kinds(session_message=_("message to people of a session"))
