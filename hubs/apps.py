from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubsConfig(AppConfig):
    name = "hubs"
    verbose_name = _("Hosts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from outbox.coming import foretells

        from . import letter_kinds  # noqa: F401 - names them
        from .audit import record_changes
        from .foretelling import foretell
        from .forgetting import forget_person
        from .models import Contact, Host
        from .my_data import my_data

        record_changes()
        foretells(foretell)
        when_forgetting(forget_person, covers=[Contact, Host])
        in_my_data(my_data, covers=[Contact, Host])
