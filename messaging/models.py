"""What a host writes to people of a session: in languages, to groups, by letter and on the registration's page."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Session

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
FALLBACK = settings.MODELTRANSLATION_DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Words:
    """What a message says in one language."""

    subject: str
    text: str
    language: str


class MessageQuerySet(models.QuerySet["Message"]):
    def drafts(self) -> "MessageQuerySet":
        return self.filter(sent_at=None)

    def sent_since(self, moment: datetime) -> "MessageQuerySet":
        """Those withdrawn since among them: some of their letters may have left."""
        return self.filter(sent_at__gt=moment)

    def standing(self) -> "MessageQuerySet":
        """Sent, and not withdrawn."""
        return self.filter(sent_at__isnull=False, withdrawn_at=None)

    def unfinished(self) -> "MessageQuerySet":
        """Sent, and not all of its letters are written."""
        return self.standing().filter(finished_at=None)


class Message(models.Model):
    """A draft until it is sent, then fixed: its letters are written a part at a time, by whoever comes to it.

    Who is written to is who is in its groups when a part is written. `reached` is how far the parts have come, so that one
    who is interrupted tells nobody twice and forgets nobody.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="messages", verbose_name=_("session"))
    # By their codes (groups.py).
    groups = ArrayField(models.CharField(max_length=20), verbose_name=_("to whom"))
    # {"en": {"subject": …, "text": …}, …}: in Arabic, too, which has no columns of its own.
    words = models.JSONField(_("words"))
    on_page = models.BooleanField(_("kept on the registration’s page"), default=True)
    useless_after = models.DateTimeField(_("of use until"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    # How many were in its groups when it was sent, and how many letters are written.
    people = models.PositiveIntegerField(default=0, editable=False)
    letters_written = models.PositiveIntegerField(default=0, editable=False)
    # The number of the last registration that a part came to.
    reached = models.PositiveBigIntegerField(default=0, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to people")
        verbose_name_plural = _("messages to people")
        ordering = ["-written_at", "-id"]
        default_permissions = ("view",)
        permissions = [("send_message", _("May write to the people of a session"))]
        constraints = [
            models.CheckConstraint(condition=Q(words__has_key="en"), name="message_has_english_words"),
            models.CheckConstraint(
                condition=Q(finished_at=None, withdrawn_at=None) | Q(sent_at__isnull=False),
                name="message_is_sent_before_what_follows",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "-sent_at"], name="message_of_session"),
            models.Index(
                fields=["sent_at"],
                condition=Q(sent_at__isnull=False, finished_at=None, withdrawn_at=None),
                name="message_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.words_for(FALLBACK).subject

    def get_absolute_url(self) -> str:
        """At the desk: people read it on the page of their registration."""
        return reverse("messaging:message", args=[self.pk])

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs."""
        return {"session": self.session_id}

    def words_for(self, language: str) -> Words:
        """In this language, or else in English."""
        language = language if language in self.words else FALLBACK
        return Words(**self.words[language], language=language)

    @property
    def languages(self) -> list[str]:
        """In which it is written, English first."""
        return [code for code in LANGUAGES if code in self.words]

    @property
    def is_draft(self) -> bool:
        return self.sent_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_being_written(self) -> bool:
        return self.sent_at is not None and self.finished_at is None and self.withdrawn_at is None

    def key_of(self, registration: int | str = "") -> str:
        """Of its letter to the person of this registration; without one, how the keys of all its letters begin."""
        return f"session_message/{self.pk}/{registration}"
