from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "membership"
    verbose_name = _("Membership")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.models import Organization
        from accounts.my_data import in_my_data
        from accounts.my_pages import on_my_pages
        from desk.ways import leads_from_list
        from merging.parts import when_organizations_merge, when_people_merge

        from . import letter_kinds  # noqa: F401 - the letters are named
        from .attention import ask_for_attention, from_lists
        from .audit import record_changes
        from .forgetting import forget_person
        from .merging import OF_CLAIMS, OF_ORGANIZATIONS
        from .models import Claim
        from .my_data import my_data
        from .my_pages import for_whom_i_act

        record_changes()
        ask_for_attention()
        leads_from_list(Organization, from_lists)
        when_people_merge(OF_CLAIMS)
        when_organizations_merge(OF_ORGANIZATIONS)
        when_forgetting(forget_person, covers=[Claim])
        on_my_pages(for_whom_i_act)
        in_my_data(my_data, covers=[Claim])
