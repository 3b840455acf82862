from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.years import validate_year

from ..storage import evidence_path, private_storage
from .agreement import Agreement


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def standing(self) -> Self:
        """Still promised here: neither waived nor taken over by a renewal."""
        return self.filter(waived_at__isnull=True, continuation__isnull=True)


class Milestone(models.Model):
    """What an agreement promises by a day: an amount of something that the station counts."""

    class Kind(models.TextChoices):
        CURRICULUM = "curriculum", _("curriculum")
        ACTIVITY = "activity", _("activity")
        RESEARCH_WORK = "research_work", _("research work")
        REVIEW = "review", _("review")

    class Measure(models.TextChoices):
        PUBLISHED = "published", _("activities published")
        ACTIVITIES = "activities", _("activities held")
        SESSIONS = "sessions", _("sessions held")
        PARTICIPANTS = "participants", _("people attending")
        HOURS = "hours", _("hours held")
        RESEARCH_WORKS = "research_works", _("research works")
        REVIEWS = "reviews", _("mid-term reviews")

    # What can be promised under which kind; the first is meant where nothing else is said.
    MEASURES = {
        Kind.CURRICULUM: (Measure.PUBLISHED,),
        Kind.ACTIVITY: (Measure.ACTIVITIES, Measure.SESSIONS, Measure.PARTICIPANTS, Measure.HOURS),
        Kind.RESEARCH_WORK: (Measure.RESEARCH_WORKS,),
        Kind.REVIEW: (Measure.REVIEWS,),
    }

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="milestones", verbose_name=_("agreement")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due"), validators=[validate_year])
    promised = models.PositiveIntegerField(
        _("promised"), default=1, help_text=_("Counted from the first day of the agreement.")
    )
    measure = models.CharField(
        _("counted as"),
        max_length=15,
        choices=Measure,
        blank=True,
        help_text=_("Empty means what is usual for its kind."),
    )
    is_public = models.BooleanField(
        _("shown to everyone"), default=True, help_text=_("On the public page, with what was delivered.")
    )
    carried_from = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="continuation",
        verbose_name=_("carried over from"),
    )
    waived_at = models.DateTimeField(_("waived"), null=True, blank=True, editable=False)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("waived by"),
    )
    waived_reason = models.CharField(_("why it was waived"), max_length=500, blank=True, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(promised__gte=1),
                name="milestone_promises_something",
                violation_error_message=_("Promise at least one."),
            ),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True, waived_reason="")
                | Q(waived_at__isnull=False) & ~Q(waived_reason=""),
                name="milestone_waived_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.measure = self.measure or self.MEASURES[self.Kind(self.kind)][0]
        super().save(*args, **kwargs)

    def get_additional_data(self) -> dict[str, int]:
        """For the history: where this belongs (or belonged)."""
        return {"agreement": self.agreement_id}

    @property
    def is_waived(self) -> bool:
        return self.waived_at is not None

    @property
    def is_carried_over(self) -> bool:
        """A renewal has taken it over."""
        return hasattr(self, "continuation")

    def is_overdue(self, on: date) -> bool:
        """Its day is over. Whether it was met is counted elsewhere (hubs/delivered.py)."""
        return on > self.due_on


class Evidence(models.Model):
    """What shows that a milestone was met: a link, or a file of ours."""

    milestone = models.ForeignKey(
        Milestone, models.CASCADE, related_name="evidence", verbose_name=_("milestone")
    )
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(
        _("file"), upload_to=evidence_path, storage=private_storage, blank=True, max_length=200
    )
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    is_public = models.BooleanField(
        _("shown to everyone"), default=False, help_text=_("Otherwise only staff can open it.")
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(link="") | ~Q(file=""),
                name="evidence_has_a_link_or_a_file",
                violation_error_message=_("Give a link, or choose a file."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_additional_data(self) -> dict[str, int]:
        """For the history: where this belongs (or belonged)."""
        return {"agreement": self.milestone.agreement_id, "milestone": self.milestone_id}

    @property
    def address(self) -> str:
        """Where to read it."""
        return reverse("hubs:evidence", args=[self.pk]) if self.file else self.link
