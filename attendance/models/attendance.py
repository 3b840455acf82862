"""What is known of one registration at one meeting, by each source that tells of it; and that a meeting's list is closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting
from registrations.models import Registration


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def standing(self) -> "AttendanceQuerySet":
        """What sources say; a check-in that staff struck says nothing any more."""
        return self.filter(struck_at=None)

    def counted(self) -> "AttendanceQuerySet":
        """The one row that counts of each registration and meeting."""
        return self.filter(counts=True)

    def present(self) -> "AttendanceQuerySet":
        return self.filter(counts=True, state=Attendance.State.PRESENT)


class Attendance(models.Model):
    """One source's word about one registration at one meeting. Of several the first in `Source.RANK` counts.

    There is no row for who is not known to have been there: absent is nobody before staff close the meeting.
    """

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    class Source(models.TextChoices):
        STAFF = "staff", _("noted by staff or a helper")
        REPORT = "report", _("from the meeting platform’s report")
        CHECK_IN = "check_in", _("checked in by the person")
        CLOSING = "closing", _("not there when the list was closed")

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="attendance", verbose_name=_("registration")
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance", verbose_name=_("meeting"))
    source = models.CharField(_("how it is known"), max_length=10, choices=Source)
    state = models.CharField(_("state"), max_length=10, choices=State)
    # None where nobody measured: that is not the same as 0.
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    words = models.CharField(_("remark"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    # A check-in alone: staff said that the person was not there, whatever code they had. The row is kept.
    struck_at = models.DateTimeField(_("struck"), null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("struck by"),
    )
    # Kept by `actions/settling.py`, under the session's lock.
    counts = models.BooleanField(_("counts"), default=False, editable=False)

    objects = AttendanceQuerySet.as_manager()

    # Whose word goes before whose.
    RANK = (Source.STAFF, Source.REPORT, Source.CHECK_IN, Source.CLOSING)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["meeting", "registration"]
        permissions = [("take_attendance", _("May note attendance and close meetings"))]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "meeting", "source"], name="attendance_once_by_source"
            ),
            models.UniqueConstraint(
                fields=["meeting", "registration"], condition=Q(counts=True), name="attendance_one_counts"
            ),
            models.CheckConstraint(
                condition=Q(source="closing", state="absent") | ~Q(source="closing"),
                name="attendance_closing_tells_absence_alone",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None) | Q(source="check_in", counts=False),
                name="attendance_struck_counts_for_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}, {self.meeting_id}: {self.state} ({self.source})"


class ClosingQuerySet(models.QuerySet["Closing"]):
    def standing(self) -> "ClosingQuerySet":
        """Of each meeting at most one: its list is closed, and was not opened again."""
        return self.filter(opened_at=None)


class Closing(models.Model):
    """Staff said that the list of a meeting was complete, or that attendance was not taken there (`taken`). Opened again
    it stays, with who did so and why."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="closings", verbose_name=_("meeting"))
    taken = models.BooleanField(_("attendance was taken"), default=True)
    closed_at = models.DateTimeField(_("closed"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    opened_at = models.DateTimeField(_("opened again"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opened again by"),
    )
    why_opened = models.CharField(_("why it was opened again"), max_length=300, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed list")
        verbose_name_plural = _("closed lists")
        ordering = ["closed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(opened_at=None), name="closing_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, why_opened="") | Q(opened_at__isnull=False) & ~Q(why_opened=""),
                name="closing_opened_again_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.closed_at:%Y-%m-%d %H:%M}"
