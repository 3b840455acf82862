from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .proposal import Proposal
from .revision import Revision


class ReviewQuerySet(models.QuerySet["Review"]):
    def standing(self) -> "ReviewQuerySet":
        """Of reviewers without a conflict of interest."""
        return self.filter(conflict_at__isnull=True)

    def finished(self) -> "ReviewQuerySet":
        return self.standing().filter(finished_at__isnull=False)

    def waiting(self) -> "ReviewQuerySet":
        return self.standing().filter(finished_at__isnull=True)


class Review(models.Model):
    """One reviewer's reading of one proposal, from the day it was given to them."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews", verbose_name=_("proposal"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposal_reviews", verbose_name=_("reviewer")
    )
    assigned_at = models.DateTimeField(_("given"), default=timezone.now)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    conflict_at = models.DateTimeField(_("conflict of interest declared"), null=True, blank=True)
    conflict_why = models.CharField(_("conflict of interest"), max_length=400, blank=True)
    to_colleagues = models.TextField(_("comment to colleagues"), blank=True)
    to_proposer = models.TextField(_("comment to the proposer"), blank=True)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "reviewer"], name="review_once_per_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.reviewer}"


class Score(models.Model):
    class Value(models.IntegerChoices):
        NOT = 0, _("not at all")
        HARDLY = 1, _("hardly")
        PARTLY = 2, _("partly")
        WELL = 3, _("well")
        VERY = 4, _("very well")

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores", verbose_name=_("review"))
    # A key of criteria.py: of the standing criteria, or of one of the call's.
    criterion = models.CharField(_("criterion"), max_length=40)
    value = models.PositiveSmallIntegerField(_("score"), choices=Value)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(value__lte=4), name="score_from_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_value_display()}"
