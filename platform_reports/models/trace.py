"""What a platform report says of one person in the call."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Registration

from .report import PlatformReport


def undecided(trace: str = "") -> Q:
    """Of traces nobody has said whose they are. `trace` leads to them from what is asked, with its `__`."""
    return Q((f"{trace}how", ""), (f"{trace}set_aside_at", None), (f"{trace}is_outside", False))


class TraceQuerySet(models.QuerySet["Trace"]):
    def matched(self) -> "TraceQuerySet":
        return self.filter(registration__isnull=False)

    def to_decide(self) -> "TraceQuerySet":
        """Nobody has said yet who it is, and its name is still there to tell."""
        return self.filter(undecided(), report__erased_at=None)


class Trace(models.Model):
    """With all devices. It is somebody's registration, a guest's who is counted at the door already, nobody's (set aside),
    or still to be decided."""

    class How(models.TextChoices):
        EMAIL = "email", _("by e-mail address")
        ALIAS = "alias", _("by a name or an address known from before")
        NAME = "name", _("by name")
        STAFF = "staff", _("by staff")
        GUEST = "guest", _("a guest noted at the door")

    report = models.ForeignKey(PlatformReport, models.CASCADE, related_name="traces")
    # The first of its lines in the file: so it is known when the file is read again.
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    other_names = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    # When it was in the call, within the meeting: pairs of moments in UTC. None where the report has no times.
    spans = models.JSONField(default=list, blank=True)
    # None where nobody measured: that is not the same as 0.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_outside = models.BooleanField(default=False)
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="traces",
    )
    how = models.CharField(max_length=10, choices=How, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = TraceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration=None, how__in=["", "guest"])
                | Q(registration__isnull=False, how__in=["email", "alias", "name", "staff"]),
                name="trace_matched_says_how",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None) | Q(registration=None, how=""),
                name="trace_set_aside_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_undecided(self) -> bool:
        return not (self.how or self.set_aside_at or self.is_outside)

    @property
    def stands_as(self) -> str:
        """Whose it is: the registration's number, “aside”, or "" where that is open."""
        return "aside" if self.set_aside_at else str(self.registration_id or "")

    @property
    def hours(self) -> list[tuple[datetime, datetime]]:
        return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in self.spans]

    @property
    def has_lost_its_hours(self) -> bool:
        """They were deleted, with the report's or with the person's."""
        return bool(self.report.erased_at or (self.report.has_times and self.minutes and not self.spans))
