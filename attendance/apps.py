from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttendanceConfig(AppConfig):
    name = "attendance"
    verbose_name = _("Attendance")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from accounts.my_pages import on_my_pages
        from copying.parts import not_copied
        from merging.parts import when_people_merge
        from registrations.session_changes import when_session_changes

        from . import letter_kinds  # noqa: F401 - names them
        from .attention import ask_for_attention
        from .audit import record_changes
        from .following import cancelled, moved
        from .forgetting import forget_person
        from .groups import add_groups
        from .merging import OF_ATTENDANCE
        from .models import Attendance, Closing, Correction, Guest, Helper, Tap
        from .my_data import my_data
        from .my_pages import lists_at_which_i_help

        record_changes()
        when_people_merge(OF_ATTENDANCE)
        of_people = [Attendance, Correction, Guest, Tap]
        when_forgetting(forget_person, covers=of_people)
        add_groups()
        ask_for_attention()
        on_my_pages(lists_at_which_i_help)
        in_my_data(my_data, covers=[Attendance, Correction, Guest])
        when_session_changes(moved=moved, cancelled=cancelled, covers=[*of_people, Closing, Helper])
        not_copied(covers=[*of_people, Closing, Helper], words=_("attendance, guests and helpers"))
