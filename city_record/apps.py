from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityRecordConfig(AppConfig):
    name = "city_record"
    verbose_name = _("What cities learned")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from copying.parts import not_copied
        from focal_points.page_parts import BESIDES, on_endorsements
        from merging.parts import rows_move, when_organizations_merge, when_people_merge
        from registrations.session_changes import when_session_changes

        from .endorsements import last_learned
        from .following import nothing_follows
        from .forgetting import forget_person
        from .merging import OF_PEOPLE
        from .models import Belonging
        from .my_data import my_data

        when_people_merge(OF_PEOPLE)
        when_organizations_merge(
            rows_move(Belonging, "organization", _("registrations of people who acted for it"))
        )
        when_forgetting(forget_person, covers=[Belonging])
        on_endorsements(last_learned, stands=BESIDES)
        in_my_data(my_data, covers=[Belonging])
        when_session_changes(moved=nothing_follows, cancelled=nothing_follows, covers=[Belonging])
        not_copied(covers=[Belonging], words=_("for whom people acted when it took place"))
