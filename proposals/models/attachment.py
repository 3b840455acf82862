from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.storage import anonymous, private_storage

from .proposal import Proposal

MOST_FILES = 3


def note_path(_row: object, name: str) -> str:
    return anonymous("proposals", name)


class Attachment(models.Model):
    """A concept note. Taken away by its proposers it stays as long as a revision that was sent names it."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="attachments", verbose_name=_("proposal")
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=note_path, max_length=200)
    name = models.CharField(
        _("name"), max_length=120, help_text=_("As it was called when it came, made harmless.")
    )
    kind = models.CharField(_("kind"), max_length=10)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
