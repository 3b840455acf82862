from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from desk.years import validate_year

from .agreement import Agreement


class Extension(models.Model):
    """A later end, decided before the old one came. Never changed afterwards; the database keeps it so."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="extensions", verbose_name=_("agreement")
    )
    previous_ends_on = models.DateField(_("last day before"))
    ends_on = models.DateField(_("last day since"), validators=[validate_year])
    reason = models.CharField(_("reason"), max_length=500)
    decided_on = models.DateField(_("decided on"), validators=[validate_year])
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["previous_ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("previous_ends_on")), name="extension_moves_the_end_later"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__lte=F("previous_ends_on")), name="extension_decided_before_the_end"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            models.UniqueConstraint(
                fields=["agreement", "previous_ends_on"], name="extension_of_an_end_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.previous_ends_on} → {self.ends_on}"

    def get_additional_data(self) -> dict[str, int]:
        """For the history: where this belongs (or belonged)."""
        return {"agreement": self.agreement_id}


class Review(models.Model):
    """The mid-term review of an agreement, and what came of it."""

    class Outcome(models.TextChoices):
        AS_PLANNED = "as_planned", _("goes on as planned")
        WITH_CHANGES = "with_changes", _("goes on with changes")
        AT_RISK = "at_risk", _("at risk, to be followed closely")

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, related_name="review", verbose_name=_("agreement")
    )
    held_on = models.DateField(_("held on"), validators=[validate_year])
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    findings = models.TextField(_("findings"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("mid-term review")
        verbose_name_plural = _("mid-term reviews")

    def __str__(self) -> str:
        return f"{self.held_on}: {self.get_outcome_display()}"

    def get_additional_data(self) -> dict[str, int]:
        """For the history: where this belongs (or belonged)."""
        return {"agreement": self.agreement_id}
