from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FocalPointsConfig(AppConfig):
    name = "focal_points"
    verbose_name = _("Focal points")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.models import Organization
        from accounts.my_data import in_my_data
        from accounts.my_pages import on_my_pages, waits_for_a_person
        from desk.ways import leads_from_one
        from merging.parts import when_organizations_merge, when_people_merge

        from . import letter_kinds as letter_kinds  # the letters are named
        from . import own_parts
        from .attention import ask_for_attention, from_organization
        from .audit import record_changes
        from .forgetting import forget_person
        from .merging import OF_ORGANIZATIONS, OF_PEOPLE
        from .models import FocalPoint
        from .my_data import my_data
        from .my_pages import for_whom_i_speak, people_to_confirm
        from .page_parts import TOLD, WAITS, on_endorsements

        record_changes()
        ask_for_attention()
        leads_from_one(Organization, from_organization)
        when_people_merge(OF_PEOPLE)
        when_organizations_merge(OF_ORGANIZATIONS)
        when_forgetting(forget_person, covers=[FocalPoint])
        in_my_data(my_data, covers=[FocalPoint])
        on_my_pages(for_whom_i_speak)
        waits_for_a_person(people_to_confirm)
        on_endorsements(own_parts.to_confirm, stands=WAITS)
        on_endorsements(own_parts.registered, stands=TOLD)
        on_endorsements(own_parts.coming, stands=TOLD)
