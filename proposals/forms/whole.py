"""All steps of a proposal together."""

from accounts.models import User

from ..content import Content
from ..models import Proposal
from .files import FilesForm
from .idea import GivingForm, IdeaForm
from .meetings import HowForm
from .step import StepForm
from .who import WhoForm

STEP_FORMS: dict[str, type[StepForm]] = {
    form.step: form for form in (WhoForm, IdeaForm, HowForm, GivingForm, FilesForm)
}


class Whole:
    """All steps of a draft together: what is still missing, and what would be sent."""

    def __init__(self, proposal: Proposal, person: User | None):
        self.proposal = proposal
        self.forms = {
            name: form(typed=proposal.draft, person=proposal.person or person, check=True)
            for name, form in STEP_FORMS.items()
        }

    @property
    def unfinished(self) -> list[str]:
        return [name for name, form in self.forms.items() if not form.is_valid()]

    @property
    def is_complete(self) -> bool:
        return not self.unfinished

    def content(self) -> Content:
        content: Content = {}
        for form in self.forms.values():
            content |= form.content()
        kept = self.proposal.attachments.filter(removed_at=None)
        return content | {"attachments": list(kept.values_list("pk", flat=True))}
