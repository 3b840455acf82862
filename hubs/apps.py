from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubsConfig(AppConfig):
    name = "hubs"
    verbose_name = _("Hosts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from merging.parts import rows_move, when_organizations_merge, when_people_merge
        from outbox.coming import foretells

        from . import letter_kinds  # noqa: F401 - names them
        from .audit import record_changes
        from .foretelling import foretell
        from .forgetting import forget_person
        from .merging import OF_CONTACTS
        from .models import Agreement, Contact, Host, Party
        from .my_data import my_data

        record_changes()
        foretells(foretell)
        when_forgetting(forget_person, covers=[Contact, Host])
        in_my_data(my_data, covers=[Contact, Host])
        when_people_merge(OF_CONTACTS)
        when_organizations_merge(rows_move(Host, "organization", _("hosts")))
        when_organizations_merge(rows_move(Agreement, "member", _("agreements that it signed")))
        when_organizations_merge(rows_move(Party, "organization", _("agreements that it is a party to")))
