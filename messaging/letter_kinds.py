from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(session_message=_("message to people of a session"))
# Not one that is about this very day: letters.py.
can_wait("session_message")
