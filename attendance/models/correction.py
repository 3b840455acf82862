"""“This is wrong”: what a person says of their own attendance, and what the host's staff answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting
from registrations.models import Registration


class Correction(models.Model):
    """A person asks that their attendance at one meeting be corrected. One at a time for a meeting; answered it stays."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="corrections", verbose_name=_("registration")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="corrections", verbose_name=_("meeting")
    )
    words = models.CharField(_("what is wrong"), max_length=500)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    corrected = models.BooleanField(_("corrected"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("correction asked for")
        verbose_name_plural = _("corrections asked for")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "meeting"],
                condition=Q(answered_at=None),
                name="correction_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, corrected=None)
                | Q(answered_at__isnull=False, corrected__isnull=False),
                name="correction_answered_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}, {self.meeting_id}"
