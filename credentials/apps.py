from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "credentials"
    verbose_name = _("Certificates")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from accounts.my_pages import on_my_pages, waits_for_a_person
        from copying.parts import not_copied
        from merging.parts import when_people_merge
        from registrations.session_changes import when_session_changes

        from . import letter_kinds  # noqa: F401 - names them
        from .attention import ask_for_attention
        from .audit import record_changes
        from .following import cancelled, moved
        from .forgetting import forget_person
        from .merging import OF_CERTIFICATES
        from .models import Certificate, Nameless, Round
        from .my_data import my_data
        from .my_pages import my_certificates
        from .to_do import look_at_the_certificate, say_what_is_missing

        record_changes()
        when_people_merge(OF_CERTIFICATES)
        when_forgetting(forget_person, covers=[Certificate, Nameless])
        ask_for_attention()
        on_my_pages(my_certificates)
        waits_for_a_person(look_at_the_certificate)
        waits_for_a_person(say_what_is_missing)
        in_my_data(my_data, covers=[Certificate, Nameless])
        when_session_changes(moved=moved, cancelled=cancelled, covers=[Certificate, Nameless, Round])
        not_copied(covers=[Certificate, Nameless, Round], words=_("certificates that were issued"))
