from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = _("Messages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.my_data import in_my_data
        from copying.parts import not_copied
        from registrations.session_changes import when_session_changes

        from . import letter_kinds  # noqa: F401 - names them
        from .attention import ask_for_attention
        from .audit import record_changes
        from .following import cancelled, moved
        from .models import Message
        from .my_data import my_data

        record_changes()
        ask_for_attention()
        in_my_data(my_data, covers=[Message])
        not_copied(covers=[Message], words=_("messages to people"))
        when_session_changes(moved=moved, cancelled=cancelled, covers=[Message])
