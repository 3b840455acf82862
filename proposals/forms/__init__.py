"""What proposers fill in: the steps of writing, and what they send besides."""

from .asking import ContinueForm, CoProposerForm, MessageForm, WithdrawForm
from .files import FileForm, FilesForm
from .idea import GivingForm, IdeaForm
from .meetings import HowForm
from .step import StepForm
from .who import WhoForm
from .whole import STEP_FORMS, Whole

__all__ = [
    "STEP_FORMS",
    "CoProposerForm",
    "ContinueForm",
    "FileForm",
    "FilesForm",
    "GivingForm",
    "HowForm",
    "IdeaForm",
    "MessageForm",
    "StepForm",
    "WhoForm",
    "Whole",
    "WithdrawForm",
]
