from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.models import Host

from .proposal import Proposal


class Decision(models.Model):
    """Yes or no, with reasons. Prepared by one, perhaps, and told by another, together with others."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accept")
        DECLINED = "declined", _("decline")

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="decisions", verbose_name=_("proposal")
    )
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict)
    reasons = models.TextField(_("reasons"))
    host = models.ForeignKey(
        Host, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host of the activity")
    )
    starts_at = models.DateTimeField(_("planned for"), null=True, blank=True)
    prepared_at = models.DateTimeField(_("prepared"), default=timezone.now)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(_("told"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["prepared_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(released_at__isnull=True), name="decision_prepared_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict="declined") | Q(host__isnull=False),
                name="decision_to_accept_names_a_host",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_verdict_display()}"
