from django.db import models
from django.utils.translation import gettext_lazy as _

from .activity import Activity


class Material(models.Model):
    """Something to read or watch: a link, or a file of ours."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        PARTICIPANTS = "participants", _("people registered")

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="materials", verbose_name=_("activity")
    )
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=500)
    language = models.CharField(_("language"), max_length=10, blank=True)
    shown_to = models.CharField(_("shown to"), max_length=20, choices=Audience, default=Audience.EVERYONE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def get_additional_data(self) -> dict:
        """For the history: where this belongs (or belonged)."""
        return {"activity": self.activity_id}
