"""The steps of writing a proposal, as forms. A draft is what was typed; a form tells whether it may be sent."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms import OrganizationChoice
from accounts.models import Organization, User
from catalog.models import Activity, Topic
from desk.fields import TEACHING_LANGUAGES
from files.uploads import TEXTS, accept
from hubs.models import Host
from texts.languages import language_name
from texts.numbers import number_in

from . import content as contents
from .content import ITEMS, LARGEST_GROUP, MOST_HOURS, MOST_MEETINGS, MOST_SPEAKERS, SMALLEST_GROUP, Item
from .fields import NameText, Several, Text
from .models import Proposal

MONTHS_AHEAD = 18
MOST_TOPICS = 4
LONGEST_LINE = 200  # characters of a speaker's name, post or organization


class StepForm(forms.Form):
    """`typed` is the draft. Bound to `data`, or to the draft itself with `check`, it says what is missing."""

    step = ""
    speaker_fields: tuple[str, ...] = ()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        typed: Mapping[str, Any] | None = None,
        person: User | None = None,
        check: bool = False,
    ):
        typed = typed or {}
        if check and data is None:
            data = as_data(typed)
        super().__init__(data, initial=dict(typed), auto_id="id_%s")
        self.person = person
        self.prepare(typed)
        for field in self.fields.values():
            if isinstance(field, Text) and field.longest:
                most = _now("At most %(longest)s characters.") % {
                    "longest": number_format(field.longest, force_grouping=True)
                }
                field.help_text = f"{field.hint} {most}".strip()

    def prepare(self, typed: Mapping[str, Any]) -> None:
        pass

    def typed(self) -> dict[str, Any]:
        """What was posted for these fields, right or wrong, as it was typed."""
        answers: dict[str, Any] = {}
        for name, field in self.fields.items():
            if field.disabled:
                continue
            if isinstance(field, forms.MultipleChoiceField):
                answers[name] = self.data.getlist(name)  # type: ignore[attr-defined]
            else:
                answers[name] = self.data.get(name, "")
        return answers

    def content(self) -> contents.Content:
        """Of a valid form: what is sent."""
        return dict(self.cleaned_data)

    @property
    def plain(self) -> Iterable[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.speaker_fields]


def as_data(typed: Mapping[str, Any]) -> MultiValueDict:
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    )


class WhoForm(StepForm):
    step = "who"
    organization = OrganizationChoice(
        label=ITEMS["organization"].label,
        required=False,
        empty_label=_("Not in this list"),
        help_text=_("The members of Metropolis and its partners."),
    )
    organization_other = Text("organization_other", _("Only if yours is not in the list."))
    contact_name = NameText("contact_name", autocomplete="name")
    contact_post = Text("contact_post", autocomplete="organization-title")
    contact_email = forms.EmailField(
        label=ITEMS["contact_email"].label,
        max_length=254,
        help_text=_("Our answers go there. When you send your proposal we ask you to confirm it."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ["organization", "organization_other", "contact_name", "contact_post", "contact_email"]

    def prepare(self, typed: Mapping[str, Any]) -> None:
        self.fields["organization"].offer(Organization.objects.all())  # type: ignore[attr-defined]
        if self.person is None:
            return
        email = self.fields["contact_email"]
        email.disabled = True
        email.help_text = _("The address you sign in with. Our answers go there.")
        self.initial["contact_email"] = self.person.email
        known = {
            "organization": self.person.organization_id or "",
            "organization_other": self.person.organization_other,
            "contact_name": self.person.name,
            "contact_post": self.person.post,
        }
        for name, value in known.items():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("organization") and not facts.get("organization_other") and not self.errors:
            self.add_error("organization", _("Choose your organization, or write its name below."))
        return facts

    def content(self) -> contents.Content:
        facts = super().content()
        chosen = facts["organization"]
        return facts | {
            "organization": chosen.pk if chosen else None,
            "organization_other": "" if chosen else facts["organization_other"],
            "contact_email": facts["contact_email"].lower(),
        }


class IdeaForm(StepForm):
    step = "idea"
    written_in = forms.ChoiceField(
        label=ITEMS["written_in"].label,
        choices=settings.CONTENT_LANGUAGES,
        help_text=_("One language is enough. We translate what is accepted."),
    )
    title = Text("title", autocomplete="off")
    aim = Text("aim", _("In one or two sentences: what is different afterwards?"), rows=3)
    format = forms.ChoiceField(label=ITEMS["format"].label, widget=forms.RadioSelect)
    topics = Several(label=ITEMS["topics"].label, help_text=_("One to four."))
    audiences = Several(
        label=ITEMS["audiences"].label, choices=User.Profile, required=False, help_text=_("None means both.")
    )
    languages = Several(label=ITEMS["languages"].label)
    outline = Text(
        "outline", _("What happens, in which order: what people do, not only what they hear."), rows=10
    )
    outcomes = Text("outcomes", _("“Plan a night line and count who rides it.”"), rows=5)
    is_public = forms.BooleanField(
        label=_("Show the title and aim to others who write something similar, so that we can join forces"),
        required=False,
    )

    def prepare(self, typed: Mapping[str, Any]) -> None:
        here = get_language() or ""
        self.initial.setdefault("written_in", here if here in contents.LANGUAGES else contents.LANGUAGES[0])
        formats: Any = self.fields["format"]
        formats.choices = [(value, capfirst(str(label))) for value, label in Activity.Format.choices]
        topics: Any = self.fields["topics"]
        topics.choices = [(topic.slug, topic.name) for topic in Topic.objects.all()]
        languages: Any = self.fields["languages"]
        languages.choices = [(code, capfirst(language_name(code))) for code in TEACHING_LANGUAGES]
        audiences: Any = self.fields["audiences"]
        audiences.choices = [(value, capfirst(str(label))) for value, label in User.Profile.choices]

    def clean_topics(self) -> list[str]:
        topics: list[str] = self.cleaned_data["topics"]
        if len(topics) > MOST_TOPICS:
            raise ValidationError(_("Choose four at most: those it is really about."))
        return topics


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

    def prepare(self, typed: Mapping[str, Any]) -> None:
        months: Any = self.fields["months"]
        locked = typed.get("months") or []
        months.choices = coming_months(locked if isinstance(locked, list) else [locked])
        hosts: Any = self.fields["host"]
        hosts.choices = [
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
    def speakers(self) -> list[dict[str, Any]]:
        """For the template: the fields of each, and whether something stands in them."""
        rows = []
        for number in range(1, MOST_SPEAKERS + 1):
            fields = [self[f"speaker_{number}_{part}"] for part in speaker_fields()]
            rows.append({"number": number, "fields": fields, "open": any(field.value() for field in fields)})
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

    def content(self) -> contents.Content:
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
    old = [
        (value, contents.tell_month(value))
        for value in sorted(locked)
        if value not in known and is_month(value)
    ]
    return [*old, *choices]


def is_month(value: str) -> bool:
    year, _dash, month = value.partition("-")
    return number_in(year, most=9999) is not None and number_in(month, most=12) not in (None, 0)


class GivingForm(StepForm):
    step = "giving"
    offers = Text(
        "offers",
        _("Your data, a site to visit, trainers, rooms, interpretation: what your city brings."),
        rows=5,
    )
    needs = Text("needs", _("Money, interpretation, a partner city: what has to be found."), rows=4)
    evaluation = Text("evaluation", _("A question asked a month later is already a lot."), rows=3)


class FilesForm(StepForm):
    """The files themselves go one by one, as they are chosen."""

    step = "files"


STEP_FORMS: dict[str, type[StepForm]] = {
    form.step: form for form in (WhoForm, IdeaForm, HowForm, GivingForm, FilesForm)
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Add a concept note"),
        max_length=255,
        help_text=_("PDF, DOCX or ODT, at most 10 MB. Three files at most."),
        widget=forms.FileInput(attrs={"accept": accept(TEXTS)}),
    )


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

    def content(self) -> contents.Content:
        content: contents.Content = {}
        for form in self.forms.values():
            content |= form.content()
        kept = self.proposal.attachments.filter(removed_at=None)
        return content | {"attachments": list(kept.values_list("pk", flat=True))}


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


class CoProposerForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We ask them by letter. They count once they say yes."),
        widget=forms.EmailInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


class ContinueForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=_("Why, if you like to say"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
