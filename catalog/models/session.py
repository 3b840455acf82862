import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Case, F, Func, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.zones import validate_zone
from desk.search import trigrams

from .activity import Activity
from .promised import WithPromises

WEEK_DAY_AND_HOUR = (7 * 24 * 60, 24 * 60, 60)


FALLBACK = settings.MODELTRANSLATION_DEFAULT_LANGUAGE


def default_reminders() -> list[int]:
    return list(WEEK_DAY_AND_HOUR)


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> "SessionQuerySet":
        return self.filter(activity__published_at__isnull=False, activity__withdrawn_at__isnull=True)

    def standing(self) -> "SessionQuerySet":
        """Not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def upcoming(self, now: datetime) -> "SessionQuerySet":
        """Not over yet; running ones included."""
        return self.filter(ends_at__gt=now)

    def with_course(self) -> "SessionQuerySet":
        """Each with its `course` from begin to end, as the index `session_running` has it. At one's own pace it is empty."""
        course = Func(F("listed_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField())
        return self.alias(course=course)

    def begun(self, now: datetime) -> "SessionQuerySet":
        """Begun and not over. Those at one's own pace stand at the end of their window, so never here."""
        return self.with_course().filter(Q(course__contains=now))

    def to_come(self, now: datetime) -> "SessionQuerySet":
        """Upcoming, and not begun: together with `begun` all that is upcoming."""
        return self.filter(listed_at__gt=now)

    def has_met(self, now: datetime) -> bool:
        """Whether the first meeting of any of them has begun. None that was cancelled, none at one's own pace."""
        return self.standing().filter(self_paced=False, starts_at__lte=now).exists()

    def with_next(self, now: datetime) -> "SessionQuerySet":
        """Each with `at`, where it stands in a list: the start of the meeting that takes place or comes next; at one's own
        pace the last day."""
        meetings = Meeting._base_manager.filter(session=OuterRef("pk"), ends_at__gt=now)
        coming = Subquery(meetings.order_by("starts_at").values("starts_at")[:1])
        return self.annotate(
            at=Case(When(listed_at__gt=now, then=F("listed_at")), default=Coalesce(coming, F("listed_at")))
        )

    def open_for_registration(self, now: datetime) -> "SessionQuerySet":
        """Sessions whose registration window contains `now`. Whether a place is left is another question."""
        return self.standing().filter(
            Q(registration_opens_at__isnull=True) | Q(registration_opens_at__lte=now),
            closes_at__gt=now,
        )

    def with_places_left(self) -> "SessionQuerySet":
        """As counted at the last change: for lists, never for decisions."""
        nobody_before = Q(waiting_count=0) | Q(eligibility__in=Session.OF_MEMBERS)
        return self.filter(Q(places=None) | Q(nobody_before, places_taken__lt=F("places")))


class Session(WithPromises):
    """One dated, seated run of an activity. People register for a session."""

    PROMISED = (
        "starts_at",
        "ends_at",
        "members_first_until",
        "registration_opens_at",
        "registration_closes_at",
    )

    class Admission(models.TextChoices):
        OPEN = "open", _("open: places and a waiting list")
        APPLICATION = "application", _("by application")

    class Eligibility(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        MEMBERS_FIRST = "members_first", _("members first, then everyone")
        MEMBERS_ONLY = "members_only", _("members only")
        INVITED = "invited", _("by invitation")

    OF_MEMBERS = (Eligibility.MEMBERS_FIRST, Eligibility.MEMBERS_ONLY)

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="sessions", verbose_name=_("activity")
    )
    label = models.CharField(_("label"), max_length=100, blank=True, help_text=_("Such as “March edition”."))
    timezone = models.CharField(_("host's time zone"), max_length=64, validators=[validate_zone])
    self_paced = models.BooleanField(
        _("self-paced"),
        default=False,
        help_text=_("No meetings: people learn when they like while the window is open."),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    # Where it stands in a calendar: at its start; a self-paced one at the last day of its window.
    listed_at = models.GeneratedField(
        expression=Case(When(self_paced=True, then=F("ends_at")), default=F("starts_at")),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    venue = models.CharField(_("venue"), max_length=300, blank=True)
    joining_link = models.URLField(_("joining link"), max_length=500, blank=True)
    joining_note = models.CharField(
        _("joining note"),
        max_length=300,
        blank=True,
        help_text=_("Such as a passcode."),
    )
    # For who has a place, on the page of their registration; nobody is written to when they change.
    practical_notes = models.TextField(_("practical notes"), max_length=5_000, blank=True, db_default="")

    admission = models.CharField(_("admission"), max_length=15, choices=Admission, default=Admission.OPEN)
    eligibility = models.CharField(
        _("who may register"),
        max_length=15,
        choices=Eligibility,
        default=Eligibility.EVERYONE,
    )
    members_first_until = models.DateTimeField(_("members first until"), null=True, blank=True)
    places = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty means no limit.")
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty means when it starts."),
    )
    late_registration = models.BooleanField(
        _("open after the start"),
        default=False,
        help_text=_("For a series: people may register for the meetings to come when it has begun."),
    )
    closes_at = models.GeneratedField(
        expression=Case(
            When(registration_closes_at__isnull=False, then=F("registration_closes_at")),
            When(Q(self_paced=True) | Q(late_registration=True), then=F("ends_at")),
            default=F("starts_at"),
        ),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    reminder_leads = ArrayField(
        models.PositiveIntegerField(),
        verbose_name=_("reminders"),
        default=default_reminders,
        blank=True,
        help_text=_("Minutes before the start, separated by commas. 10080 is a week, 1440 a day."),
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Rises with each change that calendars must follow (RFC 5545, SEQUENCE)."),
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    cancellation_reason = models.CharField(_("why it was cancelled"), max_length=500, blank=True)

    # Counted from the registrations at each change, under the row's lock. For showing and filtering only.
    places_taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    waiting_count = models.PositiveIntegerField(_("people waiting"), default=0, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(members_first_until__isnull=False) | ~Q(eligibility="members_first"),
                name="session_members_first_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="session_registration_closes_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(fields=["listed_at", "id"], name="session_by_date"),
            # What has begun is found at once, however much is over: see SessionQuerySet.begun().
            GistIndex(
                Func(F("listed_at"), F("ends_at"), function="tstzrange"),
                name="session_running",
            ),
            models.Index(
                fields=["activity", "ends_at", "listed_at"],
                name="session_next_of_activity",
            ),
            models.Index(fields=["starts_at", "id"], name="session_by_start"),
            models.Index(fields=["ends_at", "starts_at", "id"], name="session_by_end"),
            models.Index(
                fields=["starts_at", "id"],  # in the order of the card, or PostgreSQL reads all that start
                condition=Q(places_taken__gt=F("places")),
                name="session_over_places",
            ),
            trigrams("label_en", "label_fr", "label_es", name="session_words"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} ({self.starts_at.astimezone(self.zone):%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return f"{self.activity.get_absolute_url()}#session-{self.pk}"

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged), and whose clock its times are told by."""
        return {"activity": self.activity_id, "zone": self.timezone}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def promised_in(self) -> str:
        return self.timezone

    @property
    def hours(self) -> list[tuple[datetime, datetime]]:
        """From when to when it meets, in order; where no meeting is set, and at one's own pace, the whole."""
        meetings = [] if self.self_paced else self.meetings.all()
        return [(meeting.starts_at, meeting.ends_at) for meeting in meetings] or [
            (self.starts_at, self.ends_at)
        ]

    @property
    def in_a_room(self) -> bool:
        """Whether people meet in a room only: then no clock but the room's helps them."""
        return self.activity.format == Activity.Format.IN_PERSON_PROGRAM and not self.joining_link

    @property
    def venues(self) -> dict[str, str]:
        """The place as it is written in each language, the one to fall back on first."""
        other_languages = [code for code in settings.MODELTRANSLATION_LANGUAGES if code != FALLBACK]
        return {code: getattr(self, f"venue_{code}") or "" for code in (FALLBACK, *other_languages)}

    @property
    def place(self) -> str:
        """The venue in the language of the page, else in whatever language it is written."""
        return self.venue or next(filter(None, self.venues.values()), "")

    def meets_still(self, now: datetime) -> bool:
        """Neither cancelled nor over, and not at one's own pace."""
        return not (self.is_cancelled or self.self_paced) and self.ends_at > now

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def places_left(self) -> int | None:
        """None when places are not limited; never below zero, also when staff overbooked."""
        return None if self.places is None else max(0, self.places - self.places_taken)

    @property
    def is_overbooked(self) -> bool:
        return self.places is not None and self.places_taken > self.places


class Meeting(WithPromises):
    """One timed part of a session."""

    PROMISED = ("starts_at", "ends_at")

    session = models.ForeignKey(Session, models.CASCADE, related_name="meetings", verbose_name=_("session"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    title = models.CharField(_("title"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
            # Looked at when the change is whole: two meetings may exchange their hours.
            models.UniqueConstraint(
                fields=["session", "starts_at"],
                name="meeting_starts_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        indexes = [
            # What starts soon is found at once, whatever session it belongs to: see registrations.reminders.
            models.Index(fields=["starts_at"], name="meeting_by_start"),
        ]

    def __str__(self) -> str:
        """The title; else the hour on the clock of the place."""
        if self.title:
            return self.title
        return f"{self.starts_at.astimezone(self.session.zone):%Y-%m-%d %H:%M} ({self.session.timezone})"

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged), and whose clock its times are told by."""
        return {"session": self.session_id, "zone": self.session.timezone}

    @property
    def promised_in(self) -> str:
        return self.session.timezone

    @property
    def was_called_off(self) -> bool:
        """Whether the session was cancelled before this meeting began. What took place earlier stays."""
        cancelled = self.session.cancelled_at
        return cancelled is not None and cancelled <= self.starts_at
