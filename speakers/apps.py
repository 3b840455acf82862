from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeakersConfig(AppConfig):
    name = "speakers"
    verbose_name = _("Speakers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from copying.parts import copied_with_an_activity

        from .attention import ask_for_attention
        from .audit import record_changes
        from .copying import copy_who_speaks
        from .models import Appearance

        record_changes()
        ask_for_attention()
        copied_with_an_activity(copy_who_speaks, covers=[Appearance], words=_("who speaks there"))
