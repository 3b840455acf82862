from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .proposal import Proposal


class Message(models.Model):
    """A word between the proposers and the desk."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="messages", verbose_name=_("proposal")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    from_desk = models.BooleanField(_("from the desk"), default=False)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
