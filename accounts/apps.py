from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organizations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from . import fresh_sign_in
        from . import letter_kinds as letter_kinds  # names them
        from .audit import record_changes
        from .my_pages import waits_for_a_person
        from .roles import keep_roles
        from .sign_in_log import log_sign_ins
        from .staff_timeout import note_sign_ins
        from .to_do import fill_in_the_profile

        record_changes()
        note_sign_ins()
        fresh_sign_in.note_sign_ins()
        waits_for_a_person(fill_in_the_profile)
        log_sign_ins()
        post_migrate.connect(keep_roles)
