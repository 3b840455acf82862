from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "imports"
    verbose_name = _("Imports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from copying.parts import not_copied
        from desk.ways import leads_from_list
        from merging.parts import when_people_merge
        from registrations.models import Registration
        from registrations.session_changes import when_session_changes

        from .attention import ask_for_attention
        from .audit import record_changes
        from .following import cancelled, moved
        from .forgetting import forget_person
        from .kinds import brings
        from .merging import OF_ENTRIES
        from .models import Entry, Import
        from .my_data import my_data
        from .registrations import Registrations
        from .ways import from_registrations

        brings(Registrations())
        record_changes()
        when_people_merge(OF_ENTRIES)
        ask_for_attention()
        leads_from_list(Registration, from_registrations)
        when_forgetting(forget_person, covers=[Entry])
        in_my_data(my_data, covers=[Entry])
        not_copied(covers=[Entry, Import], words=_("imports of lists"))
        when_session_changes(moved=moved, cancelled=cancelled, covers=[Entry, Import])
