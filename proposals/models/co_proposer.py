from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .proposal import Proposal

MOST_CO_PROPOSERS = 5


class CoProposerQuerySet(models.QuerySet["CoProposer"]):
    def beside(self) -> "CoProposerQuerySet":
        """Each person once: not who proposes it already, nor an account that was merged into another. Such rows stay, for an
        undo."""
        stand = self.exclude(person__merged_into__isnull=False)
        return stand.exclude(person__isnull=False, person=models.F("proposal__person"))


class CoProposer(models.Model):
    """Somebody asked by e-mail to propose together; they count once they said yes."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="co_proposers", verbose_name=_("proposal")
    )
    email = models.EmailField(_("e-mail address"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="co_proposals",
        verbose_name=_("person"),
    )
    invited_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("said yes"), null=True, blank=True)

    objects = CoProposerQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-proposer")
        verbose_name_plural = _("co-proposers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "proposal", name="co_proposer_once"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(person__isnull=False),
                name="co_proposer_confirmed_is_a_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.email)
