from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .proposal import Proposal


class HistoryLine(models.Model):
    """Something that happened to a proposal: what, who, when and why."""

    class Deed(models.TextChoices):
        MOVED = "moved", _("moved")
        SENT_AGAIN = "sent_again", _("sent a new version")
        ASSIGNED = "assigned", _("given to a reviewer")
        CONFLICT = "conflict", _("a reviewer declared a conflict of interest")
        REVIEWED = "reviewed", _("reviewed")
        JOINED = "joined", _("somebody joined as co-proposer")

    # What its proposers are told; the rest is for the desk.
    PUBLIC = (Deed.MOVED, Deed.SENT_AGAIN, Deed.JOINED)

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="history", verbose_name=_("proposal"))
    deed = models.CharField(_("what"), max_length=20, choices=Deed, default=Deed.MOVED)
    from_state = models.CharField(_("from"), max_length=20, blank=True)
    to_state = models.CharField(_("to"), max_length=20, blank=True)
    # Nobody where a fact did it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_proposer = models.BooleanField(default=False)
    why = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("line of history")
        verbose_name_plural = _("history")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} {self.to_state}".strip()
