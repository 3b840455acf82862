from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlatformReportsConfig(AppConfig):
    name = "platform_reports"
    verbose_name = _("Platform reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from copying.parts import not_copied
        from merging.parts import when_people_merge
        from registrations.session_changes import when_session_changes

        from .attention import ask_for_attention
        from .audit import record_changes
        from .following import cancelled, moved
        from .forgetting import forget_person
        from .merging import OF_REPORTS
        from .models import Alias, PlatformReport, Trace
        from .my_data import my_data

        record_changes()
        when_people_merge(OF_REPORTS)
        when_forgetting(forget_person, covers=[Alias, Trace])
        ask_for_attention()
        in_my_data(my_data, covers=[Alias, Trace])
        when_session_changes(moved=moved, cancelled=cancelled, covers=[PlatformReport, Trace])
        not_copied(covers=[PlatformReport, Trace], words=_("reports of meeting platforms"))
