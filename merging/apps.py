from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MergingConfig(AppConfig):
    name = "merging"
    verbose_name = _("Doubles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.models import Organization, User
        from accounts.my_data import in_my_data
        from desk.history import OWN_DEEDS
        from desk.ways import leads_from_list

        from . import letter_kinds, organizations, people  # noqa: F401 - the letters are named
        from .attention import ask_for_attention, from_lists
        from .forgetting import forget_person
        from .history import what_became_of_it
        from .models import LikelyDouble, Merge, MovedRow, NotTheSame
        from .my_data import my_data

        organizations.take_part()
        people.take_part()
        ask_for_attention()
        rows = [LikelyDouble, Merge, MovedRow, NotTheSame]
        for model in (Organization, User, Merge):
            leads_from_list(model, from_lists)
        OWN_DEEDS[Organization] = OWN_DEEDS[User] = what_became_of_it
        when_forgetting(forget_person, covers=rows)
        in_my_data(my_data, covers=rows)
