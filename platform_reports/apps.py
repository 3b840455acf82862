from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlatformReportsConfig(AppConfig):
    name = "platform_reports"
    verbose_name = _("Platform reports")
    default_auto_field = "django.db.models.BigAutoField"
