from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = _("Registrations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from catalog.listing.own_state import ask_own_states_of

        from . import letter_kinds  # noqa: F401 - names them
        from .audit import record_changes
        from .own_state import marks

        record_changes()
        ask_own_states_of(marks)
