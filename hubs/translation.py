from modeltranslation.translator import TranslationOptions, register

from .models import Agreement, Evidence, Host, Milestone, Party


@register(Host)
class HostTranslation(TranslationOptions):
    fields = ("name", "city", "region_served", "about")


@register(Agreement)
class AgreementTranslation(TranslationOptions):
    fields = ("theme", "summary")


@register(Party)
class PartyTranslation(TranslationOptions):
    fields = ("role",)


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title",)


@register(Evidence)
class EvidenceTranslation(TranslationOptions):
    fields = ("title",)
