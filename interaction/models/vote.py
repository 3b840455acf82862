"""Somebody with a place would like to hear the answer, too."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models import Registration

from .question import Question


class Vote(models.Model):
    """Who asks has the first. Votes stay with the question they were given to; of united ones each person is counted once
    (`interaction/counting.py`), so parting them again gives each back its own."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes", verbose_name=_("question"))
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="votes", verbose_name=_("registration")
    )
    # Not where the person voted by another account too, which was merged with theirs.
    counts = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["question", "registration"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["question", "registration"], name="vote_once_for_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}, {self.registration_id}"
