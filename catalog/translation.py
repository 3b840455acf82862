from modeltranslation.translator import TranslationOptions, register

from .models import Activity, Material, Meeting, Session, Topic

# What a city proposed comes in its own language: until staff translate it, its words stand in for the English ones, so that
# the desk reads a draft by its title. Nothing is published without an English title.
ANY = {"default": ("en", "fr", "es")}


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Activity)
class ActivityTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "description_html", "certificate_rule", "picture_alt")
    fallback_languages = ANY


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("label", "venue", "cancellation_reason", "practical_notes")


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("title",)


@register(Material)
class MaterialTranslation(TranslationOptions):
    fields = ("title",)
