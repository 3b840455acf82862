"""Topics. Activities and sessions are administered by `registrations`: their pages speak of the people registered."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from desk.admin import DeskPages
from desk.confirm_translation import confirm_translation
from desk.languages import SideBySide, TranslationsFilter, badges, side_by_side

from .. import actions
from ..models import Topic


@admin.register(Topic)
class TopicAdmin(SideBySide[Topic], DeskPages[Topic], TranslationAdmin[Topic]):
    purpose = _("What activities are about: the words by which visitors filter and search.")
    purpose_of_one = _("The topic’s name in each language, as visitors read it in filters and on activities.")
    purpose_of_new = _("A new word by which visitors filter: best named in every language from the start.")
    adds = _("Add a topic")
    steps = (confirm_translation(Topic),)
    list_display = ["name", "slug", "position", "translations"]
    list_filter = [TranslationsFilter]
    search_fields = [*side_by_side("name")]
    ordering = ["position", "slug"]
    fieldsets = [
        (None, {"fields": [side_by_side("name"), side_by_side("description"), ("slug", "position")]}),
    ]

    def save_model(self, request: HttpRequest, obj: Topic, form: ModelForm[Topic], change: bool) -> None:
        super().save_model(request, obj, form, change)
        # Search knows activities by the names of their topics.
        actions.refresh_many(obj.activities.values_list("pk", flat=True))

    @admin.display(description=_("translations"))
    def translations(self, topic: Topic) -> str:
        return badges(topic, Topic.TRANSLATED_TEXTS)
