from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Session


class Round(models.Model):
    """A session's people were looked at, and who met the rule was given a certificate. Made by the worker when all lists
    are closed, and by staff."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="rounds", verbose_name=_("session"))
    # What was known then: when something is noted later, the session is looked at again.
    at = models.DateTimeField(_("looked at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    issued = models.PositiveIntegerField(_("issued"), default=0)
    doubted = models.PositiveIntegerField(_("doubted"), default=0)

    class Meta:
        verbose_name = _("round of certificates")
        verbose_name_plural = _("rounds of certificates")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["session", "at"], name="round_of_session")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.at:%Y-%m-%d %H:%M}"
