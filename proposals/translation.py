from modeltranslation.translator import TranslationOptions, register

from .models import Call, Criterion


@register(Call)
class CallTranslation(TranslationOptions):
    fields = ("title", "about")


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("name", "words")
