from modeltranslation.translator import TranslationOptions, register

from .models import Signatory


@register(Signatory)
class SignatoryTranslation(TranslationOptions):
    fields = ("post",)
