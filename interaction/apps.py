from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InteractionConfig(AppConfig):
    name = "interaction"
    verbose_name = _("In the room")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from copying.parts import not_copied
        from merging.parts import when_people_merge
        from registrations.session_changes import when_session_changes

        from . import letter_kinds  # noqa: F401 - names them
        from .attention import ask_for_attention
        from .audit import record_changes
        from .following import cancelled, moved
        from .forgetting import forget_person
        from .merging import OF_QUESTIONS
        from .models import Board, Question, Report, Vote
        from .my_data import my_data

        of_people = [Question, Vote, Report]
        record_changes()
        ask_for_attention()
        when_people_merge(OF_QUESTIONS)
        when_forgetting(forget_person, covers=of_people)
        in_my_data(my_data, covers=of_people)
        when_session_changes(moved=moved, cancelled=cancelled, covers=[*of_people, Board])
        not_copied(covers=[*of_people, Board], words=_("questions asked at meetings"))
