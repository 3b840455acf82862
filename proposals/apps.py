from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = _("Proposals")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.forgetting import when_forgetting
        from accounts.my_data import in_my_data
        from accounts.my_pages import on_my_pages, waits_for_a_person
        from copying.parts import not_copied
        from merging.parts import rows_move, when_organizations_merge, when_people_merge

        from . import letter_kinds  # noqa: F401 - names them
        from .audit import record_changes
        from .forgetting import forget_person
        from .merging import OF_CO_PROPOSALS, OF_PROPOSALS
        from .models import (
            Attachment,
            CoProposer,
            Decision,
            HistoryLine,
            Message,
            Proposal,
            Review,
            Revision,
            Score,
        )
        from .my_data import my_data
        from .my_pages import what_i_propose
        from .to_do import make_changes

        record_changes()
        written = [Attachment, CoProposer, Message, Proposal, Revision]
        of_staff = [Decision, HistoryLine, Review, Score]
        when_forgetting(forget_person, covers=[*written, *of_staff])
        in_my_data(my_data, covers=[*written, Review])
        not_copied(
            covers=[*written, *of_staff, Proposal.topics.through], words=_("the proposal that it came of")
        )
        when_people_merge(OF_PROPOSALS)
        when_people_merge(OF_CO_PROPOSALS)
        when_organizations_merge(rows_move(Proposal, "organization", _("proposals")))
        on_my_pages(what_i_propose)
        waits_for_a_person(make_changes)
