from modeltranslation.translator import TranslationOptions, register

from .models import Activity, Material, Meeting, Session, Speaker, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Activity)
class ActivityTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "description_html", "certificate_rule", "picture_alt")


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ("role",)


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("label", "venue", "cancellation_reason")


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("title",)


@register(Material)
class MaterialTranslation(TranslationOptions):
    fields = ("title",)
