"""A file that a meeting platform wrote about one call, once staff have noted what it says."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting

from ..reading import Kind, Platform


class PlatformReport(models.Model):
    """What was read, and how it was understood. The file itself is not kept; a meeting may have several of them."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="platform_reports", verbose_name=_("meeting")
    )
    # Of the file as it came, or of the pasted text: the same one twice is told, and read once.
    sha256 = models.CharField(max_length=64, editable=False)
    platform = models.CharField(_("platform"), max_length=10, choices=Platform)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    zone = models.CharField(_("clock of the report"), max_length=64)
    date_order = models.CharField(_("order of the dates"), max_length=12, blank=True)
    has_times = models.BooleanField(_("has times"), default=False)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    lines = models.PositiveIntegerField(_("lines"))
    present_from = models.PositiveSmallIntegerField(_("present from so many minutes on"), default=1)
    read_at = models.DateTimeField(_("read"), default=timezone.now)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("read by"),
    )
    # Names, e-mails and hours of its traces went; who was there stays.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("platform report")
        verbose_name_plural = _("platform reports")
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sha256"], name="platform_report_once_for_a_meeting"),
        ]
        indexes = [models.Index(fields=["read_at"], name="platform_report_by_age")]

    def __str__(self) -> str:
        return f"{self.get_platform_display()}, {self.meeting_id}"

    def get_absolute_url(self) -> str:
        return reverse("platform_reports:report", args=[self.meeting_id, self.pk])

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"meeting": self.meeting_id}

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
