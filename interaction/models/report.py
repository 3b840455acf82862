"""“This should not stand here”: what somebody says of a question, and what the host's staff decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting
from registrations.models import Registration

from .question import WORDS_AT_MOST, Question

REASON_AT_MOST = 500


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        """Nobody of the host's staff has decided yet."""
        return self.filter(decided_at=None)


class Report(models.Model):
    """Until it is decided nobody but the host's staff and who asked sees the question. Kept for six months, with the words
    it is about: taking a question back does not take away what was said of it."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="question_reports", verbose_name=_("meeting")
    )
    question = models.ForeignKey(
        Question,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("question"),
    )
    words = models.CharField(_("the question’s words"), max_length=WORDS_AT_MOST, blank=True)
    asker = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports_about",
        verbose_name=_("who asked"),
    )
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="question_reports",
        verbose_name=_("who reported it"),
    )
    reason = models.CharField(_("why"), max_length=REASON_AT_MOST, blank=True)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    # Whether the question stays hidden.
    upheld = models.BooleanField(_("stays hidden"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a question")
        verbose_name_plural = _("reports of questions")
        ordering = ["reported_at", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["question", "registration"], name="report_once_of_a_question"),
            models.CheckConstraint(
                condition=Q(decided_at=None, upheld=None) | Q(decided_at__isnull=False, upheld__isnull=False),
                name="report_decided_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["reported_at"], condition=Q(decided_at=None), name="report_waits_for_staff")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"meeting": self.meeting_id}
