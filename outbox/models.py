from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.search import trigrams
from outbox.about import about


def not_yet(now: datetime) -> models.Q:
    """Letters that wait on purpose, as for the morning: nobody has tried to send them, and nobody should."""
    return models.Q(state=Letter.State.WAITING, attempts=0, next_try_at__gt=now)


class LetterQuerySet(models.QuerySet["Letter"]):
    def about(self, row: models.Model) -> "LetterQuerySet":
        """Letters that tell of this row."""
        return self.filter(about=about(row))

    def unsent(self) -> "LetterQuerySet":
        """Letters that still have to go: not sent, not stopped, not given up."""
        return self.filter(state__in=[Letter.State.WAITING, Letter.State.CLAIMED])

    def due(self, now: datetime) -> "LetterQuerySet":
        """Letters a worker may claim now."""
        return self.not_expired(now).filter(state=Letter.State.WAITING, next_try_at__lte=now)

    def not_expired(self, now: datetime) -> "LetterQuerySet":
        """Letters that still say something to who gets them now."""
        return self.filter(models.Q(useless_after=None) | models.Q(useless_after__gt=now))

    def abandoned(self, now: datetime) -> "LetterQuerySet":
        """Letters whose worker claimed them and was not heard of again for as long as a claim lasts."""
        lasts = timedelta(seconds=settings.LETTER_CLAIM_SECONDS)
        return self.filter(state=Letter.State.CLAIMED, claimed_at__lte=now - lasts)


class Letter(models.Model):
    """One e-mail to one person, written in the transaction of the change it tells of."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be sent")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        STOPPED = "stopped", _("stopped by staff")
        TOO_LATE = "too_late", _("too late")

    UNSETTLED = (State.WAITING, State.CLAIMED, State.FAILED)

    key = models.CharField(
        max_length=200,
        unique=True,
        editable=False,
        help_text=_(
            "What, about which row, to whom, which occurrence: the same letter is never written twice."
        ),
    )
    kind = models.CharField(_("kind"), max_length=50)
    about = models.CharField(_("about"), max_length=100, blank=True, db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("person"),
    )
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=10)
    from_name = models.CharField(_("from"), max_length=200, blank=True)
    reply_to = models.EmailField(_("replies go to"), blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    calendar = models.TextField(_("calendar entry"), blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    secret = models.BooleanField(
        _("secret"),
        default=False,
        editable=False,
        help_text=_("It opens a door, as a code to sign in does. Its text is forgotten once it is sent."),
    )
    urgent = models.BooleanField(
        _("urgent"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Somebody sits and waits for it, as for a code: it goes before all others."),
    )
    message_id = models.CharField(max_length=200, unique=True, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    held_by_server = models.BooleanField(
        _("held up by the mail server"),
        default=False,
        editable=False,
        help_text=_("The last try failed at the mail server itself, not at this one address."),
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    useless_after = models.DateTimeField(
        _("of use until"),
        null=True,  # of letters that were written before letters had such a moment
        blank=True,
        help_text=_("After this moment it says nothing any more, so it is not sent."),
    )

    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stopped by"),
    )
    resent_at = models.DateTimeField(_("sent again"), null=True, blank=True)
    resent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent again by"),
    )
    copy_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("copy of")
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="letter_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(state="claimed", claimed_at__isnull=False) | ~models.Q(state="claimed"),
                name="letter_claimed_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "next_try_at", "id"],
                condition=models.Q(state="waiting"),
                name="letter_next",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=models.Q(state="claimed"),
                name="letter_claimed",
            ),
            models.Index(fields=["-written_at", "-id"], name="letter_newest"),
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["waiting", "claimed", "failed"]),
                name="letter_unsettled",
            ),
            trigrams("to", "subject", "about", name="letter_words"),
        ]

    def __str__(self) -> str:
        # The subject of a letter with a code holds the code.
        return f"{self.kind} → {self.to}" if self.secret or is_sealed(self) else f"{self.subject} → {self.to}"


def is_sealed(letter: Letter) -> bool:
    """Whether who fetched it may follow it, but not read it: rooms above annotate it so (staff/letter_scope.py)."""
    return bool(getattr(letter, "sealed", False))


class Outage(models.Model):
    """The mail server fails, since when and why; no row while it is well. All workers read it (outbox/outages.py)."""

    name = models.CharField(max_length=50, primary_key=True)
    since = models.DateTimeField()
    # False while it may have been the one letter: the mail server broke off in its midst, once.
    is_certain = models.BooleanField()
    reason = models.TextField()
    next_look_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


class Heartbeat(models.Model):
    """When a part that runs by itself was last seen alive. The health page reads it."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
