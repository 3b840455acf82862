"""What an activity says of itself: the upper part of its screen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.regions import Region
from catalog.actions import refuse_harder_rule
from catalog.certificate_rule import Certificate, Counted, Rule
from catalog.errors import RuleWasTold
from desk.fields import Checkboxes, Lines, field_of, language_choices
from desk.form_errors import WENT_BACK

from ..picture_field import WithPicture


class ActivityForm(WithPicture):
    languages = Checkboxes(label=_("Working languages"), choices=language_choices)
    interpretation = Checkboxes(label=_("Interpretation into"), choices=language_choices)
    audiences = Checkboxes(label=_("Audience"), choices=User.Profile.choices, help_text=_("None means both."))
    regions = Checkboxes(
        label=_("For members of"), choices=Region.choices, help_text=_("None means all regions.")
    )
    partners = Lines(label=_("Partners"))
    certificate_percent = forms.IntegerField(
        label=_("At least, in percent"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Rounded up: 80 percent of five meetings are four."),
    )

    # The person looked at the page that asks, and went back to the form.
    went_back = False
    # Before it is saved, and as it is typed.
    rule_before: Rule | None = None
    rule: Rule | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("languages", "interpretation", "audiences", "regions"):
            if name in self.fields:
                field_of(self, name, Checkboxes).offer(getattr(self.instance, name))

    def clean(self) -> dict[str, object]:
        facts = super().clean() or self.cleaned_data
        if "host" in self.fields and not facts.get("host") and not facts.get("offered_by"):
            self.add_error("host", _("Say which host offers it. For history of others, say who offered it."))
        since, until = facts.get("held_on"), facts.get("held_until")
        if until and (not since or until < since):
            self.add_error("held_until", _("It cannot end before it begins."))
        if "certificate" in self.fields:
            self.read_rule(facts)
        if self.went_back:
            raise ValidationError(_("Nothing is saved yet."), code=WENT_BACK)
        return facts

    @property
    def changes_rule(self) -> bool:
        return self.rule != self.rule_before

    def read_rule(self, facts: dict[str, Any]) -> None:
        """What is typed beside “none” does not count."""
        self.rule_before = self.instance.rule if self.instance.pk else None
        certificate, percent = facts.get("certificate"), facts.get("certificate_percent")
        if certificate == Certificate.NONE:
            facts |= {
                "certificate_percent": None,
                "certificate_percent_of": Counted.MEETINGS,
                "leaves_out_excused": False,
            }
        elif percent is None and "certificate_percent" not in self.errors:
            self.add_error("certificate_percent", _("Say at how many percent one has taken part."))
        if self.errors.keys() & {"certificate", "certificate_percent", "certificate_percent_of"}:
            return
        if certificate != Certificate.NONE and percent:
            self.rule = Rule(
                certificate=Certificate(facts["certificate"]),
                percent=percent,
                percent_of=Counted(facts["certificate_percent_of"]),
                leaves_out_excused=facts["leaves_out_excused"],
            )
        try:
            refuse_harder_rule(self.instance, self.rule, now=timezone.now())
        except RuleWasTold as refusal:
            self.add_error(self.field_at_fault(self.rule), refusal.sentence)

    def field_at_fault(self, rule: Rule | None) -> str:
        before = self.rule_before
        if rule is None or before is None or rule.certificate != before.certificate:
            return "certificate"
        if rule.percent_of != before.percent_of:
            return "certificate_percent_of"
        return "certificate_percent" if rule.percent > before.percent else "leaves_out_excused"
