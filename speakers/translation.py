from modeltranslation.translator import TranslationOptions, register

from .models import Appearance, Speaker

# What a city proposed comes in its own language (catalog/translation.py).
ANY = {"default": ("en", "fr", "es")}


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ("words",)
    fallback_languages = ANY


@register(Appearance)
class AppearanceTranslation(TranslationOptions):
    fields = ("role",)
    fallback_languages = ANY
