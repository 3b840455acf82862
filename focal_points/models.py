"""Who speaks for an organization here: says who is of it, and sees what its people take part in."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from membership.models import Claim


class FocalPointQuerySet(models.QuerySet["FocalPoint"]):
    def standing(self) -> "FocalPointQuerySet":
        """Those that nobody and nothing ended, whether or not their term is over."""
        return self.filter(ended_at=None)

    def in_office(self, at: datetime) -> "FocalPointQuerySet":
        """Those that count at that moment: within their term, and confirmed as being of the organization."""
        of_it = Claim.objects.confirmed(at).filter(
            person=OuterRef("person"), organization=OuterRef("organization")
        )
        here = self.filter(person__is_active=True, person__erased_at=None, person__merged_into=None)
        return here.filter(Exists(of_it), ended_at=None, until__gt=at)


class FocalPoint(models.Model):
    """That a person is a focal point of an organization for a term. Named again, the row that stands gets another term."""

    class End(models.TextChoices):
        STAFF = "staff", _("the secretariat ended it")
        TERM = "term", _("the term is over")
        CLAIM = "claim", _("no longer of the organization")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="focal_points", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="focal_points", verbose_name=_("organization")
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), help_text=_("The moment at which the term is over."))
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("named by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end = models.CharField(_("why it ended"), max_length=5, choices=End, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ended by"),
    )

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        ordering = ["-since", "-pk"]
        permissions = [("name_focalpoint", _("May name focal points"))]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=Q(ended_at=None),
                name="focal_point_stands_once",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="focal_point_has_a_term"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="focal_point_ends_with_a_reason",
            ),
        ]
        indexes = [
            models.Index("organization", "until", condition=Q(ended_at=None), name="focal_point_of_whom")
        ]

    def __str__(self) -> str:
        """Without words: the history keeps it as it was written, whoever reads it."""
        return f"{self.person} · {self.organization}"
