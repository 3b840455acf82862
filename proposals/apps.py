from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = _("Proposals")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting

        from . import letter_kinds  # noqa: F401 - names them
        from .actions.forgetting import forget_person
        from .audit import record_changes

        record_changes()
        when_forgetting(forget_person)
