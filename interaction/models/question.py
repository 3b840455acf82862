"""What somebody with a place asks at a meeting: before it, in it, or in the week after."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting
from registrations.models import Registration

WORDS_AT_MOST, ANSWER_AT_MOST = 500, 3_000


class QuestionQuerySet(models.QuerySet["Question"]):
    def not_united(self) -> "QuestionQuerySet":
        """Those that stand for themselves; of doubles the one into which they were united."""
        return self.filter(same_as=None)

    def not_reported(self) -> "QuestionQuerySet":
        """Those about which no report waits for the host's staff."""
        from .report import Report

        waits = Report.objects.waiting().filter(question=OuterRef("pk"))
        return self.filter(~Exists(waits))

    def shown(self) -> "QuestionQuerySet":
        """What everybody with a place reads."""
        return self.not_united().not_reported().filter(state__in=Question.OPEN_TO_OTHERS)

    def answered(self) -> "QuestionQuerySet":
        return self.shown().filter(state=Question.State.ANSWERED)

    def in_public(self) -> "QuestionQuerySet":
        """Answered, asked by somebody who was told that it would be, and the host still says so."""
        return self.answered().filter(may_be_public=True, meeting__question_board__answers_public=True)


class Question(models.Model):
    """In one's own words and language. Of an erased person it stays without a registration, or goes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a moderator")
        SHOWN = "shown", _("shown to others")
        TAKEN_UP = "taken_up", _("being answered")
        ANSWERED = "answered", _("has been answered")
        SET_ASIDE = "set_aside", _("was set aside")

    OPEN_TO_OTHERS = (State.SHOWN, State.TAKEN_UP, State.ANSWERED)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions", verbose_name=_("meeting"))
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("registration"),
    )
    words = models.CharField(_("question"), max_length=WORDS_AT_MOST)
    # Of the words; empty where it is none of ours.
    language = models.CharField(_("language"), max_length=10, blank=True)
    unnamed = models.BooleanField(_("without the name"), default=False)
    # What who asked had read at the field.
    may_be_public = models.BooleanField(_("may stand on the public page once it is answered"), default=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    state_at = models.DateTimeField(_("since"), null=True, blank=True)
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("put there by"),
    )
    same_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="doubles",
        verbose_name=_("the same as"),
    )

    answer = models.TextField(_("answer"), max_length=ANSWER_AT_MOST, blank=True)
    answer_language = models.CharField(_("language of the answer"), max_length=10, blank=True)
    answered_at = models.DateTimeField(_("answer written"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answer written by"),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "id"]
        default_permissions = ("view",)
        permissions = [("moderate_question", _("May moderate the questions of a meeting"))]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="question_has_words"),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="question_is_no_double_of_itself"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state="taken_up", same_as=None),
                name="question_one_is_being_answered",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="question_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=False) | Q(unnamed=True),
                name="question_of_nobody_is_unnamed",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "state"], name="question_of_meeting")]

    def __str__(self) -> str:
        """Not its words: the history would keep them when they are taken back."""
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        """Among the others of its meeting."""
        return f"{reverse('interaction:questions', args=[self.meeting_id])}#q{self.pk}"

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"meeting": self.meeting_id}

    @property
    def is_open_to_others(self) -> bool:
        return self.state in self.OPEN_TO_OTHERS

    @property
    def is_answered(self) -> bool:
        return self.state == self.State.ANSWERED
