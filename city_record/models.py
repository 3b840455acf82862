"""For whom people acted when they learned: kept as it was then, whoever they act for now."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from registrations.models import Registration


class BelongingQuerySet(models.QuerySet["Belonging"]):
    def confirmed(self) -> "BelongingQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def counted(self) -> "BelongingQuerySet":
        return self.filter(counted_at__isnull=False)


class Belonging(models.Model):
    """That a person acted for an organization when a session took place for which they were registered. It is written once
    the session is over; a profile that changes later, a claim that ends, an account that is erased change nothing in it.

    It counts for the organization once it is confirmed that the person was of it. See docs/decisions/0024.
    """

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="belonging", verbose_name=_("registration")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="belongings", verbose_name=_("organization")
    )
    noted_at = models.DateTimeField(_("noted"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # In the numbers since then: together with at least four other people's.
    counted_at = models.DateTimeField(_("counted"), null=True, blank=True)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("belonging at a session")
        verbose_name_plural = _("belongings at sessions")
        default_permissions = ()
        permissions = [("see_record", _("May see what cities learned"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_at=None) | Q(confirmed_at__isnull=False),
                name="belonging_counts_if_confirmed",
            )
        ]
        indexes = [
            models.Index("organization", condition=Q(counted_at=None), name="belonging_to_be_counted"),
            models.Index("organization", condition=~Q(confirmed_at=None), name="belonging_confirmed"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.organization_id}"
