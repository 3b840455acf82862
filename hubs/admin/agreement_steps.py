"""What the Secretariat decides about an agreement; each asks first, and says who is written to."""

from collections import Counter
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.clock_words import day
from accounts.models import User
from desk.steps import Outlook, Step

from .. import actions, errors, letters
from ..duration import ONE_DAY, last_day
from ..models import Agreement, Milestone, Review
from .fields import Day, large_text, reason_field


def recipients(agreement: Agreement) -> Counter[str]:
    return Counter(reader.language for reader in letters.readers(agreement, letters.secretariat()))


def today(agreement: Agreement) -> date:
    return agreement.today(timezone.now())


def is_open(agreement: Agreement) -> bool:
    """Signed, and neither over nor ended early."""
    return agreement.is_signed and not agreement.ended_early_on and today(agreement) <= agreement.ends_on


class AgreementStepForm(forms.Form):
    def __init__(self, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.agreement = agreement
        self.propose()

    def propose(self) -> None:
        """What is usual."""


# Sign


class SignForm(AgreementStepForm):
    signed_on = Day(label=_("Signed on"))

    def propose(self) -> None:
        self.initial["signed_on"] = today(self.agreement)


def look_at_signing(agreement: Agreement) -> Outlook:
    if agreement.is_signed:
        return Outlook(agreement, refusal=errors.AlreadySigned().sentence)
    sentence = _now(
        "It holds from %(first)s to %(last)s. Once signed, its host and its first day stand, "
        "and its end moves by an extension only."
    ) % {"first": day(agreement.starts_on), "last": day(agreement.ends_on)}
    return Outlook(agreement, sentence, recipients(agreement))


def sign(agreement: Agreement, *, by: User, signed_on: date) -> str:
    actions.sign(agreement=agreement, by=by, signed_on=signed_on)
    return _now("it is signed.")


# Extend


class ExtendForm(AgreementStepForm):
    ends_on = Day(label=_("New last day"))
    reason = reason_field()

    def propose(self) -> None:
        self.initial["ends_on"] = last_day(self.agreement.ends_on + ONE_DAY, 1)


def look_at_extending(agreement: Agreement) -> Outlook:
    if refusal := refusal_to_move(agreement):
        return Outlook(agreement, refusal=refusal)
    if agreement.has_renewal:
        return Outlook(agreement, refusal=errors.AlreadyRenewed().sentence)
    sentence = _now("It ends on %(day)s. The extension is kept as a record, with its reason.") % {
        "day": day(agreement.ends_on)
    }
    return Outlook(agreement, sentence, recipients(agreement))


def refusal_to_move(agreement: Agreement) -> str:
    if not agreement.is_signed:
        return errors.NotSigned().sentence
    return "" if is_open(agreement) else errors.IsOver(agreement.last_day).sentence


def extend(agreement: Agreement, *, by: User, ends_on: date, reason: str) -> str:
    actions.extend(agreement=agreement, ends_on=ends_on, reason=reason, by=by)
    return _now("it now lasts until %(day)s.") % {"day": day(ends_on)}


# Renew


class RenewForm(AgreementStepForm):
    starts_on = Day(label=_("First day of the new term"))
    ends_on = Day(label=_("Last day"), required=False, help_text=_("Empty means three years."))
    signed_on = Day(
        label=_("Signed on"), required=False, help_text=_("Empty leaves a draft, to be signed later.")
    )

    def propose(self) -> None:
        self.initial["starts_on"] = self.agreement.last_day + ONE_DAY


def look_at_renewing(agreement: Agreement) -> Outlook:
    if not agreement.is_signed:
        return Outlook(agreement, refusal=errors.NotSigned().sentence)
    if agreement.has_renewal:
        return Outlook(agreement, refusal=errors.AlreadyRenewed().sentence)
    sentence = _now(
        "A new term is written down. Its parties, its contacts and the duties that are not met go on in it. "
        "The contacts and the secretariat are written to once it is signed."
    )
    return Outlook(agreement, sentence, letters_known=False)  # a draft tells nobody


def renew(
    agreement: Agreement, *, by: User, starts_on: date, ends_on: date | None, signed_on: date | None
) -> str:
    renewal = actions.renew(
        agreement=agreement, by=by, starts_on=starts_on, ends_on=ends_on, signed_on=signed_on
    )
    if signed_on:
        return _now("renewed until %(day)s.") % {"day": day(renewal.ends_on)}
    return _now("the renewal is a draft; sign it when it is agreed.")


# End early


class EndForm(AgreementStepForm):
    on = Day(label=_("Last day"))
    reason = reason_field()

    def propose(self) -> None:
        self.initial["on"] = max(today(self.agreement), self.agreement.starts_on)


def look_at_ending(agreement: Agreement) -> Outlook:
    if refusal := refusal_to_move(agreement):
        return Outlook(agreement, refusal=refusal)
    if agreement.is_renewed:
        return Outlook(agreement, refusal=errors.AlreadyRenewed().sentence)
    sentence = _now("It would end on %(day)s. This cannot be taken back.") % {"day": day(agreement.ends_on)}
    return Outlook(agreement, sentence, recipients(agreement))


def end_early(agreement: Agreement, *, by: User, on: date, reason: str) -> str:
    actions.end_early(agreement=agreement, on=on, reason=reason, by=by)
    return _now("%(day)s is its last day.") % {"day": day(on)}


# Review


class ReviewForm(AgreementStepForm):
    held_on = Day(label=_("Held on"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Review.Outcome)
    findings = forms.CharField(
        label=_("Findings"),
        max_length=5000,
        widget=large_text(rows=6),
        help_text=_("What was promised, what was delivered, what changes. For staff only."),
    )

    def propose(self) -> None:
        self.initial["held_on"] = today(self.agreement)


def look_at_review(agreement: Agreement) -> Outlook:
    if not agreement.is_signed:
        return Outlook(agreement, refusal=errors.NotSigned().sentence)
    if hasattr(agreement, "review"):
        return Outlook(agreement, refusal=errors.ReviewedAlready().sentence)
    due = agreement.review_due_on
    return Outlook(agreement, _now("It is due on %(day)s.") % {"day": day(due)} if due else "")


def record_review(agreement: Agreement, *, by: User, held_on: date, outcome: str, findings: str) -> str:
    actions.record_review(agreement=agreement, held_on=held_on, outcome=outcome, findings=findings, by=by)
    return _now("the review is recorded.")


# Each is about one agreement or milestone at a time.
decision = partial(Step, permission="hubs.decide_agreement", refusals=(errors.Refused,), several=False)

SIGNATURE = decision(
    noun="signature",
    purpose=_("Writes down that both have signed: from then on the agreement holds."),
    label=_("Sign"),
    question=_("Sign this agreement?"),
    button=_("Sign"),
    look=look_at_signing,
    do=sign,
    form_of=SignForm,
    makes_sense=lambda agreement: not agreement.is_signed,
)
EXTENSION = decision(
    noun="extension",
    purpose=_("Gives the agreement more time, for a reason that stays on record."),
    label=_("Extend"),
    question=_("Extend this agreement?"),
    button=_("Extend"),
    look=look_at_extending,
    do=extend,
    form_of=ExtendForm,
    makes_sense=lambda agreement: is_open(agreement) and not agreement.has_renewal,
)
RENEWAL = decision(
    noun="renewal",
    purpose=_("Begins a new term with the same partners; what was not yet kept goes on in it."),
    label=_("Renew"),
    question=_("Renew this agreement?"),
    button=_("Renew"),
    look=look_at_renewing,
    do=renew,
    form_of=RenewForm,
    makes_sense=lambda agreement: agreement.is_signed and not agreement.has_renewal,
)
REVIEW = decision(
    noun="review",
    purpose=_("Keeps what was found half-way through the term, for staff and the next decision."),
    label=_("Record the mid-term review"),
    question=_("Record the mid-term review?"),
    button=_("Record"),
    look=look_at_review,
    do=record_review,
    form_of=ReviewForm,
    makes_sense=lambda agreement: agreement.is_signed and not hasattr(agreement, "review"),
)
EARLY_END = decision(
    noun="early-end",
    purpose=_("For an agreement that ends before its day; the reason stays on record."),
    label=_("End early"),
    question=_("End this agreement early?"),
    button=_("End it"),
    look=look_at_ending,
    do=end_early,
    form_of=EndForm,
    makes_sense=lambda agreement: is_open(agreement) and not agreement.is_renewed,
    serious=True,
)


# Of a milestone


class WaiveForm(forms.Form):
    reason = reason_field()


def look_at_waiving(milestone: Milestone) -> Outlook:
    if milestone.is_waived or milestone.is_carried_over:
        return Outlook(milestone, refusal=errors.MetOrWaivedAlready().sentence)
    return Outlook(milestone, _now("It is no longer asked for, and nobody is reminded of it."))


def waive(milestone: Milestone, *, by: User, reason: str) -> str:
    actions.waive(milestone=milestone, reason=reason, by=by)
    return _now("it is waived.")


WAIVER = decision(
    noun="waiver",
    purpose=_("Releases a host from one promise; the reason stays on record."),
    label=_("Waive"),
    question=_("Waive this milestone?"),
    button=_("Waive"),
    look=look_at_waiving,
    do=waive,
    form=WaiveForm,
    makes_sense=lambda milestone: not (milestone.is_waived or milestone.is_carried_over),
    serious=True,
)
