from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FocalPointsConfig(AppConfig):
    name = "focal_points"
    verbose_name = _("Focal points")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from merging.parts import when_organizations_merge, when_people_merge

        from .audit import record_changes
        from .forgetting import forget_person
        from .merging import OF_ORGANIZATIONS, OF_PEOPLE
        from .models import FocalPoint
        from .my_data import my_data

        record_changes()
        when_people_merge(OF_PEOPLE)
        when_organizations_merge(OF_ORGANIZATIONS)
        when_forgetting(forget_person, covers=[FocalPoint])
        in_my_data(my_data, covers=[FocalPoint])
