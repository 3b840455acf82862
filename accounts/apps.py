from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organizations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from . import letter_kinds  # noqa: F401 - names them
        from .audit import record_changes
        from .leaving import note_sign_ins
        from .roles import keep_roles
        from .sign_in_log import write_down

        record_changes()
        note_sign_ins()
        write_down()
        post_migrate.connect(keep_roles)
