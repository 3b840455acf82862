from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = _("Registrations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from accounts.my_pages import waits_for_a_person
        from catalog.listing.own_state import ask_own_states_of
        from copying.parts import not_copied
        from membership.following import when_confirmed

        from . import letter_kinds  # noqa: F401 - names them
        from .actions.following import follow_cancellation, follow_move
        from .audit import record_changes
        from .forgetting import forget_person, give_up_places
        from .models import Invitation, Registration
        from .my_data import my_data
        from .own_state import own_states
        from .session_changes import when_session_changes
        from .to_do import agree
        from .word import place_for

        record_changes()
        ask_own_states_of(own_states)
        waits_for_a_person(agree)
        when_forgetting(forget_person, covers=[Invitation, Registration], give_up=give_up_places)
        in_my_data(
            my_data,
            covers=[Invitation, Registration],
            own_rows=lambda person: person.registrations.all(),
        )
        not_copied(
            covers=[Invitation, Registration],
            words=_("registrations, waiting lists, invitations and letters"),
        )
        when_confirmed(place_for)
        when_session_changes(
            moved=follow_move, cancelled=follow_cancellation, covers=[Invitation, Registration]
        )
