"""What staff fill in who read and decide: the scores and comments, what should change, the decision."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from accounts.models import User
from desk.alphabet import Alphabetical
from desk.fields import field_of
from desk.years import validate_year
from hubs.models import Host
from proposals.criteria import Measure
from proposals.models import Decision, Proposal, Review, Score
from texts.languages import language_name

from .planning import usual_start


class ReviewForm(forms.Form):
    """A score for each criterion, in words, and two comments."""

    to_colleagues = forms.CharField(
        label=_("Comment to colleagues"),
        required=False,
        max_length=5000,
        help_text=_("For the desk only."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    to_proposer = forms.CharField(
        label=_("Comment to the proposer"),
        required=False,
        max_length=5000,
        help_text=_("Goes with the answer, without your name. Say what would make it stronger."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        criteria: list[Measure],
        values: Sequence[tuple[int, StrPromise | str]],
        initial: dict[str, str],
    ):
        super().__init__(data, initial=initial)
        self.criteria = criteria
        choices = [(str(value), capfirst(str(label))) for value, label in reversed(values)]
        for criterion in criteria:
            self.fields[criterion.key] = forms.ChoiceField(
                label=criterion.name,
                help_text=criterion.words,
                required=False,
                choices=choices,
                widget=forms.RadioSelect,
            )
        self.order_fields([criterion.key for criterion in criteria])

    def scores(self) -> dict[str, int]:
        return {
            criterion.key: int(self.cleaned_data[criterion.key])
            for criterion in self.criteria
            if self.cleaned_data[criterion.key] != ""
        }


def review_form(criteria: list[Measure], own: Review | None, data: QueryDict | None = None) -> ReviewForm:
    initial: dict[str, str] = {}
    if own is not None:
        initial = {score.criterion: str(score.value) for score in own.scores.all()}
        initial |= {"to_colleagues": own.to_colleagues, "to_proposer": own.to_proposer}
    return ReviewForm(data, criteria=criteria, values=Score.Value.choices, initial=initial)


class ReasonForm(forms.Form):
    reasons = forms.CharField(
        label=_("What should change"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )


class ConflictForm(forms.Form):
    why = forms.CharField(
        label=_("Why, in a few words"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class PersonChoice(forms.ModelChoiceField[User]):
    """Of the people it was given; the list is made once."""

    def __init__(self, *, label: StrPromise):
        super().__init__(User.objects.none(), label=label)

    def offer(self, people: list[User]) -> None:
        self.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by(
            Alphabetical("name"), "pk"
        )


class AssignForm(forms.Form):
    reviewer = PersonChoice(label=_("Give it to"))

    def offer(self, people: list[User]) -> None:
        field_of(self, "reviewer", PersonChoice).offer(people)


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )
    host: forms.ModelChoiceField[Host] = forms.ModelChoiceField(
        Host.objects.all(),
        label=_("Host of the activity"),
        required=False,
        help_text=_("To accept, name one."),
    )
    starts_at = forms.DateTimeField(
        label=_("First meeting, on the host’s clock"),
        required=False,
        help_text=_("A plan: it is moved at the desk before anything is public. Empty makes no session."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        validators=[validate_year],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        verdicts: Sequence[tuple[str, StrPromise | str]],
        language: str,
        prefix: str | None = None,
        initial: dict[str, object] | None = None,
    ):
        super().__init__(data, prefix=prefix, initial=initial)
        verdict = field_of(self, "verdict", forms.ChoiceField)
        verdict.choices = [(value, capfirst(str(label))) for value, label in verdicts]
        self.fields["reasons"].help_text = _now(
            "They go to the proposer word for word: write them in %(language)s."
        ) % {"language": language_name(language)}

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("verdict") == "accepted" and not facts.get("host") and "host" not in self.errors:
            self.add_error("host", _("To accept, say which host holds the activity."))
        return facts


def decision_form(proposal: Proposal, data: QueryDict | None = None) -> DecisionForm:
    wanted = proposal.host or (proposal.call.hosts.first() if proposal.call else None)
    return DecisionForm(
        data,
        prefix="decision",
        verdicts=Decision.Verdict.choices,
        language=proposal.person.language if proposal.person else proposal.language,
        initial={"host": wanted, "starts_at": usual_start(proposal, wanted)},
    )
