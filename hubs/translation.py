from modeltranslation.translator import TranslationOptions, register

from .models import Host


@register(Host)
class HostTranslation(TranslationOptions):
    fields = ("name", "city", "region_served", "about")
