"""What the host says about the questions of one meeting. Its row is what every change of them locks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting


class Board(models.Model):
    """Made with the first question, or when the host's staff say something about them."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="question_board", verbose_name=_("meeting")
    )
    answers_public = models.BooleanField(
        _("answered questions stand on the public page"),
        default=False,
        help_text=_("Of questions that are asked from then on: who asks reads it at the field."),
    )
    set_at = models.DateTimeField(_("said"), null=True, blank=True, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("said by"),
    )

    class Meta:
        verbose_name = _("questions of a meeting")
        verbose_name_plural = _("questions of meetings")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answers_public=False) | Q(set_at__isnull=False),
                name="board_public_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs."""
        return {"meeting": self.meeting_id}
