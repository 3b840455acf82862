"""What is done with a certificate and asks first: it is withdrawn, its name is corrected, it is kept though doubted."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from attendance.progress import progress
from desk.steps import Outlook, Step
from hubs.admin.fields import large_text
from texts.names import NameFormField

from .. import actions, errors
from ..access import ISSUE, host_may_know
from ..desk_words import name_shown
from ..models import Certificate


def outlook_of(certificate: Certificate, sentence: str = "", *, writes: bool = False) -> Outlook:
    title = f"{name_shown(certificate)}, {certificate.said.title} ({certificate.code})"
    if certificate.erased_at:
        return Outlook(certificate, refusal=errors.PersonWasErased().sentence, title=title)
    if not certificate.is_current:
        return Outlook(certificate, refusal=errors.NotCurrent().sentence, title=title)
    outlook = Outlook(certificate, sentence, title=title)
    if writes:
        outlook.letters[certificate.owner.language] += 1
    return outlook


class WithdrawalForm(forms.Form):
    why = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=500,
        help_text=_(
            "The person reads it in the letter, as you write it here. Who checks the certificate does not."
        ),
        widget=large_text(rows=3),
    )


def look_at_withdrawal(certificate: Certificate) -> Outlook:
    sentence = _now(
        "Its page says from now on that it was withdrawn, and since when. There is no way back; another one may be granted."
    )
    return outlook_of(certificate, sentence, writes=True)


def withdraw(certificate: Certificate, *, by: User, why: str) -> str:
    actions.withdraw(certificate=certificate, why=why, by=by)
    return _now("withdrawn; the person is written to.")


WITHDRAWAL = Step(
    noun="withdrawal",
    purpose=_(
        "For a certificate that should not have been issued: whoever checks it learns that it no longer holds."
    ),
    label=_("Withdraw"),
    question=ngettext_lazy("Withdraw this certificate?", "Withdraw these %(count)d certificates?", "count"),
    button=_("Withdraw, and write to the people"),
    permission=ISSUE,
    look=look_at_withdrawal,
    do=withdraw,
    refusals=(errors.Refused,),
    form=WithdrawalForm,
    makes_sense=lambda certificate: certificate.is_valid,
    serious=True,
)


class NameForm(forms.Form):
    name = NameFormField(
        label=_("Name, as it should stand on the certificate"),
        max_length=200,
        help_text=_("In any script. The person’s profile stays as it is."),
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )

    def __init__(self, certificate: Certificate, **kwargs: Any) -> None:
        name = certificate.said.name if host_may_know(certificate) else ""
        super().__init__(initial={"name": name}, **kwargs)


def look_at_name(certificate: Certificate) -> Outlook:
    sentence = _now(
        "A new edition with a code of its own takes the place of this one. The old code leads to it and says the old name "
        "no more; all else stays as it was issued."
    )
    return outlook_of(certificate, sentence, writes=True)


def correct_name(certificate: Certificate, *, by: User, name: str) -> str:
    after = actions.correct_name(certificate=certificate, name=name, by=by)
    return _now("replaced by %(code)s; the person is written to.") % {"code": after.code}


CORRECTION = Step(
    noun="correction",
    purpose=_(
        "For a name that is wrong on a certificate: the person gets a new edition, with a code of its own."
    ),
    label=_("Correct the name"),
    question=_("Correct the name on this certificate?"),
    button=_("Correct, and write to the person"),
    permission=ISSUE,
    look=look_at_name,
    do=correct_name,
    refusals=(errors.Refused,),
    form_of=NameForm,
    makes_sense=lambda certificate: certificate.is_valid,
    several=False,
)


class KeepingForm(forms.Form):
    why = forms.CharField(
        label=_("Why it stands all the same"),
        max_length=500,
        help_text=_("Kept with the certificate, with your name. The person is not written to."),
        widget=large_text(rows=3),
    )


def look_at_keeping(certificate: Certificate) -> Outlook:
    outlook = outlook_of(certificate, against(certificate))
    if not outlook.refusal and not certificate.is_doubted:
        outlook.refusal = errors.NotDoubted().sentence
    return outlook


def against(certificate: Certificate) -> str:
    """What attendance says now, and what the rule asks."""
    now = progress(certificate.registration)
    if now is None:
        return _now("The person has no place in the session any more, so the rule says nothing of them.")
    return _now("Attendance says now: %(now)s. The rule asks: %(rule)s.") % {
        "now": now.words,
        "rule": now.rule.words(now.of if now.counts_meetings else None),
    }


def keep(certificate: Certificate, *, by: User, why: str) -> str:
    actions.keep(certificate=certificate, why=why, by=by)
    return _now("kept; it is doubted no more.")


KEEPING = Step(
    noun="keeping",
    purpose=_("For a certificate whose grounds changed later, but which should stand: you say why."),
    label=_("Keep it although it is doubted"),
    question=ngettext_lazy("Keep this certificate?", "Keep these %(count)d certificates?", "count"),
    button=_("Keep"),
    permission=ISSUE,
    look=look_at_keeping,
    do=keep,
    refusals=(errors.Refused,),
    form=KeepingForm,
    makes_sense=lambda certificate: certificate.is_doubted,
)

STEPS = (WITHDRAWAL, CORRECTION, KEEPING)
