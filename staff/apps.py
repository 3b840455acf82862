from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffConfig(AppConfig):
    name = "staff"

    def ready(self) -> None:
        from outbox.coming import foretells

        from .attention import ask_for_attention
        from .coming_letters import written_already

        ask_for_attention()
        foretells(written_already)


class StationAdminConfig(AdminConfig):
    """Django's administration, with our front page and our sign-in."""

    default_site = "staff.site.StationAdminSite"
