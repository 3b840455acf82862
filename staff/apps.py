from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffConfig(AppConfig):
    name = "staff"

    def ready(self) -> None:
        from .attention import ask_for_attention

        ask_for_attention()


class StationAdminConfig(AdminConfig):
    """Django's administration, with our front page and our sign-in."""

    default_site = "staff.site.StationAdminSite"
