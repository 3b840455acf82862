from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .proposal import Proposal


class Revision(models.Model):
    """The proposal as it was sent, once and for all. `content` holds what content.py names."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="revisions", verbose_name=_("proposal")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField()
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.number}"
