"""One step of writing, ready to be shown: the form, the way through the steps, what goes with it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django_stubs_ext import StrPromise

from . import errors, readers, tokens
from .content import STEP_NAMES, STEPS, Step
from .forms import STEP_FORMS, FileForm, StepForm
from .models import Attachment, Call, Proposal
from .models.call import GRACE
from .similar import Alike, alike


@dataclass(frozen=True)
class OutlineStep:
    """A step and how it stands: done, begun, or not touched (empty)."""

    name: str
    title: StrPromise
    state: str
    current: bool


class StepPage:
    """`proposal` is None on the first page, before there is a draft; `call` is then the one that it is for.

    `elsewhere` has what the draft says now where the page has something else; `refusal` is why nothing was kept.
    """

    def __init__(
        self,
        form: StepForm,
        proposal: Proposal | None,
        *,
        call: Call | None = None,
        start_key: str = "",
        sitting: str = "",
        file_form: FileForm | None = None,
        refusal: errors.Refused | None = None,
        elsewhere: Sequence[tuple[str, str]] = (),
    ):
        self.form = form
        self.proposal = proposal
        self.call = proposal.call if proposal else call
        self.start_key = start_key
        self.sitting = sitting or secrets.token_hex(8)
        self.refusal = refusal
        self.elsewhere = elsewhere
        self.file_form = (file_form or FileForm()) if self.is_files else None

    # The call

    @property
    def grace_ends(self) -> datetime | None:
        return self.call.closes_at + GRACE if self.call else None

    @property
    def call_is_closed(self) -> bool:
        return self.call is not None and timezone.now() >= self.call.closes_at

    # The way through the steps

    @property
    def step(self) -> Step:
        return STEPS[self.number - 1]

    @property
    def number(self) -> int:
        return STEP_NAMES.index(self.form.step) + 1

    @property
    def count(self) -> int:
        return len(STEPS)

    @cached_property
    def steps(self) -> list[OutlineStep]:
        return outline(self.proposal, self.form.step)

    # What the form carries, so that nothing typed is lost

    @property
    def token(self) -> str:
        return tokens.form_token(self.proposal) if self.proposal else ""

    @property
    def version(self) -> int:
        return self.proposal.version if self.proposal else 0

    # What goes with it

    @property
    def is_files(self) -> bool:
        return self.form.step == "files" and self.proposal is not None

    @cached_property
    def files(self) -> list[Attachment]:
        return kept_files(self.proposal) if self.proposal and self.is_files else []

    @cached_property
    def similar(self) -> list[Alike]:
        if self.proposal is None or self.form.step not in ("idea", "how"):
            return []
        return alike(self.proposal.typed_title, but=self.proposal.code)

    @cached_property
    def mailbox(self) -> str:
        return readers.secretariat_address()


def outline(proposal: Proposal | None, current: str) -> list[OutlineStep]:
    """The steps, each with how it stands: done, begun, or not touched."""
    rows = []
    for step in STEPS:
        form = STEP_FORMS[step.name]
        state = ""
        if proposal is not None:
            begun = any(proposal.draft.get(item.name) for item in step.items)
            if begun or (step.name == "files" and kept_files(proposal)):
                state = "begun"
                if form(typed=proposal.draft, person=proposal.person, check=True).is_valid():
                    state = "done"
        rows.append(OutlineStep(step.name, step.title, state, current=step.name == current))
    return rows


def kept_files(proposal: Proposal) -> list[Attachment]:
    return list(proposal.attachments.filter(removed_at=None))
