from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.translations import TracksTranslations


class Topic(TracksTranslations):
    TRANSLATED_TEXTS = ("name", "description")

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=100)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name
