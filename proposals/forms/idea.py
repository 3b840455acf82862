"""The idea itself, what is offered for it and what it needs."""

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from accounts.models import User
from catalog.models import Activity, Topic
from desk.fields import TEACHING_LANGUAGES, field_of
from texts.languages import language_name

from ..content import ITEMS, LANGUAGES, Typed
from ..fields import Several, Text
from .step import StepForm

MOST_TOPICS = 4


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

    def prepare(self, typed: Typed) -> None:
        here = get_language() or ""
        self.initial.setdefault("written_in", here if here in LANGUAGES else LANGUAGES[0])
        field_of(self, "format", forms.ChoiceField).choices = capitalized(Activity.Format.choices)
        topics = field_of(self, "topics", Several)
        topics.choices = [(topic.slug, topic.name) for topic in Topic.objects.all()]
        languages = field_of(self, "languages", Several)
        languages.choices = capitalized((code, language_name(code)) for code in TEACHING_LANGUAGES)
        field_of(self, "audiences", Several).choices = capitalized(User.Profile.choices)

    def clean_topics(self) -> list[str]:
        topics: list[str] = self.cleaned_data["topics"]
        if len(topics) > MOST_TOPICS:
            raise ValidationError(_("Choose four at most: those it is really about."))
        return topics


def capitalized(choices: Iterable[tuple[str, StrPromise | str]]) -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in choices]


class GivingForm(StepForm):
    step = "giving"
    offers = Text(
        "offers",
        _("Your data, a site to visit, trainers, rooms, interpretation: what your city brings."),
        rows=5,
    )
    needs = Text("needs", _("Money, interpretation, a partner city: what has to be found."), rows=4)
    evaluation = Text("evaluation", _("A question asked a month later is already a lot."), rows=3)
