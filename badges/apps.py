from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    name = "badges"
    verbose_name = _("Badges")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from copying.parts import not_copied
        from credentials.companions import goes_along
        from registrations.session_changes import when_session_changes

        from . import checks  # noqa: F401 - registers them
        from .attention import ask_for_attention
        from .following import cancelled, moved
        from .forgetting import forget_person
        from .going_along import file_of, offer_of
        from .models import Badge
        from .my_data import my_data

        goes_along(file_of, offer=offer_of)
        when_forgetting(forget_person, covers=[Badge])
        in_my_data(my_data, covers=[Badge])
        when_session_changes(moved=moved, cancelled=cancelled, covers=[Badge])
        not_copied(covers=[Badge], words=_("badges that were given"))
        ask_for_attention()
