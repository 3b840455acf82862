from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportersConfig(AppConfig):
    name = "supporters"
    verbose_name = _("Supporters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from copying.parts import copied_with_an_activity

        from .audit import record_changes
        from .copying import copy_supporters
        from .models import Logo, Supporter

        record_changes()
        copied_with_an_activity(
            copy_supporters, covers=[Supporter, Logo], words=_("supporters whose time is not over")
        )
