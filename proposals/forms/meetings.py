"""How it is held: meetings, months, the host, who speaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from desk.fields import field_of
from hubs.models import Host
from texts.numbers import number_in

from ..content import (
    ITEMS,
    LARGEST_GROUP,
    MOST_HOURS,
    MOST_MEETINGS,
    MOST_SPEAKERS,
    SMALLEST_GROUP,
    Content,
    Item,
    Typed,
    tell_month,
)
from ..fields import NameText, Several, Text
from .step import StepForm

MONTHS_AHEAD = 18
LONGEST_LINE = 200  # characters of a speaker's name, post or organization


@dataclass(frozen=True)
class Speaker:
    """One speaker's fields on the page, open where something stands in them."""

    number: int
    fields: list[forms.BoundField]
    open: bool


class HowForm(StepForm):
    step = "how"
    meetings = forms.IntegerField(
        label=ITEMS["meetings"].label,
        min_value=1,
        max_value=MOST_MEETINGS,
        help_text=_("One for a webinar; days or sessions for what lasts longer."),
    )
    hours = forms.DecimalField(
        label=ITEMS["hours"].label,
        min_value=0.5,
        max_value=MOST_HOURS,
        max_digits=3,
        decimal_places=1,
        help_text=_("From half an hour to eight hours."),
    )
    group_size = forms.IntegerField(
        label=ITEMS["group_size"].label,
        min_value=SMALLEST_GROUP,
        max_value=LARGEST_GROUP,
        help_text=_("How many people can take part at most: from 3 to 1,000."),
    )
    months = Several(label=ITEMS["months"].label, required=False)
    host = forms.ChoiceField(
        label=ITEMS["host"].label,
        required=False,
        help_text=_("Its coordinators read your proposal, too. Leave it open if you do not know."),
    )
    speakers_wanted = Text(
        "speakers_wanted",
        _("Whom you would like us to find, such as a city that has done it. Name nobody here."),
        rows=3,
    )

    def prepare(self, typed: Typed) -> None:
        locked = typed.get("months") or []
        field_of(self, "months", Several).choices = coming_months(
            locked if isinstance(locked, list) else [locked]
        )
        field_of(self, "host", forms.ChoiceField).choices = [
            ("", _("I do not know yet")),
            *((host.slug, host.name) for host in Host.objects.all()),
        ]
        names: list[str] = []
        for number in range(1, MOST_SPEAKERS + 1):
            for part, field in speaker_fields().items():
                name = f"speaker_{number}_{part}"
                self.fields[name] = field
                names.append(name)
        self.speaker_fields = tuple(names)

    @property
    def speakers(self) -> list[Speaker]:
        """For the template: the fields of each, and whether something stands in them."""
        rows = []
        for number in range(1, MOST_SPEAKERS + 1):
            fields = [self[f"speaker_{number}_{part}"] for part in speaker_fields()]
            rows.append(Speaker(number, fields, any(field.value() for field in fields)))
        return rows

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for number in range(1, MOST_SPEAKERS + 1):
            named = [facts.get(f"speaker_{number}_{part}") for part in ("name", "role", "organization")]
            if any(named[1:]) and not named[0]:
                self.add_error(f"speaker_{number}_name", _("Write the name, or empty the other two lines."))
            if named[0] and not facts.get(f"speaker_{number}_consent"):
                self.add_error(
                    f"speaker_{number}_consent",
                    _("Ask them first. Only people who agreed to be named can be named here."),
                )
        return facts

    def content(self) -> Content:
        facts = super().content()
        speakers = [
            {part: facts[f"speaker_{number}_{part}"] for part in ("name", "role", "organization")}
            for number in range(1, MOST_SPEAKERS + 1)
            if facts[f"speaker_{number}_name"]
        ]
        plain = {name: value for name, value in facts.items() if name not in self.speaker_fields}
        return plain | {"speakers": speakers, "hours": float(facts["hours"])}


def speaker_fields() -> dict[str, forms.Field]:
    return {
        "name": NameText(Item("name", _("Name"), LONGEST_LINE)),
        "role": Text(Item("role", _("Post or role"), LONGEST_LINE)),
        "organization": Text(Item("organization", _("Organization"), LONGEST_LINE)),
        "consent": forms.BooleanField(label=_("They agreed to be named"), required=False),
    }


def coming_months(locked: Iterable[str]) -> list[tuple[str, str]]:
    """The months one can wish for, and those that were wished for before."""
    today = date.today()
    choices = []
    for ahead in range(1, MONTHS_AHEAD + 1):
        years, month = divmod(today.month - 1 + ahead, 12)
        year = today.year + years
        choices.append((f"{year}-{month + 1:02}", f"{MONTHS[month + 1]} {year}"))
    known = {value for value, _label in choices}
    old = [(value, tell_month(value)) for value in sorted(locked) if value not in known and is_month(value)]
    return [*old, *choices]


def is_month(value: str) -> bool:
    year, _dash, month = value.partition("-")
    return number_in(year, most=9999) is not None and number_in(month, most=12) not in (None, 0)
