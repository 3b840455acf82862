from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffConfig(AppConfig):
    name = "staff"


class StationAdminConfig(AdminConfig):
    """Django's administration, with our front page and our door."""

    default_site = "staff.site.StationAdminSite"
