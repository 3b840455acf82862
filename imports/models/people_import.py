"""A list that was read: people for a session, or things of another kind (imports/kinds.py)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Session
from registrations.models import Registration

# Its letters wait for so long, so that it can be undone before anybody has read one.
LETTERS_WAIT = timedelta(hours=1)
# What its rows say is deleted so long after it was read, and after a day where nobody began it.
ROWS_KEPT = timedelta(days=30)
UNUSED_KEPT = timedelta(days=1)
# A running one of which nothing was heard for so long stands still.
STANDS_STILL_AFTER = timedelta(minutes=15)


class ImportQuerySet(models.QuerySet["Import"]):
    def running(self) -> "ImportQuerySet":
        """Begun or being taken back, and not at its end."""
        return self.filter(
            Q(begun_at__isnull=False, done_at=None, undo_began_at=None)
            | Q(undo_began_at__isnull=False, undone_at=None)
        )

    def looking(self) -> "ImportQuerySet":
        return self.filter(begun_at=None, look_began_at__isnull=False, looked_at=None)

    def silent(self, since: datetime) -> "ImportQuerySet":
        return (self.running() | self.looking()).filter(moved_at__lte=since)


class Import(models.Model):
    """The file as it was read: what its columns mean, on what ground the people are entered, how far it has come.

    The file itself is not kept; its rows are, for a time.
    """

    # What the rows are: see imports/kinds.py. Registrations are of a session, the rest of none.
    kind = models.CharField(max_length=20, default="registrations", db_default="registrations")
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="imports", verbose_name=_("session"), null=True, blank=True
    )
    read_at = models.DateTimeField(_("read"), default=timezone.now)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("read by")
    )
    # Of the file as it came, or of the pasted text.
    sha256 = models.CharField(max_length=64, editable=False)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    headings = models.JSONField(default=list)
    columns = models.JSONField(
        default=list
    )  # for each heading a `reading.Column`, or "" where it is not taken
    for_all = models.JSONField(default=dict, blank=True)  # what the file does not say of the people
    ground = models.CharField(_("on what ground"), max_length=10, choices=Registration.Ground, blank=True)
    source = models.CharField(_("whose list it is"), max_length=200, blank=True)
    why = models.CharField(_("why outside of the hours of registration"), max_length=300, blank=True)

    # A long file is looked at in steps, once; a short one whenever its page is shown.
    look_began_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)  # its last sign of life
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    undo_began_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )
    emptied_at = models.DateTimeField(_("emptied"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-read_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begun_at__isnull=False) | Q(done_at=None, undo_began_at=None),
                name="import_done_was_begun",
            ),
            models.CheckConstraint(
                condition=Q(undo_began_at__isnull=False) | Q(undone_at=None),
                name="import_undone_was_being_undone",
            ),
            models.CheckConstraint(
                condition=Q(kind="registrations", session__isnull=False)
                | ~Q(kind="registrations") & Q(session=None),
                name="import_of_registrations_has_a_session",
            ),
        ]
        indexes = [
            models.Index(fields=["read_at"], condition=Q(emptied_at=None), name="import_to_empty"),
            models.Index(fields=["session", "-read_at"], name="import_of_session"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id or self.kind}: {self.read_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("imports:import", args=[self.pk])

    @property
    def address_of_new(self) -> str:
        """Where another list of the kind is chosen."""
        if self.session_id:
            return f"{reverse('imports:new')}?session={self.session_id}"
        return reverse("imports:new_of", args=[self.kind])

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"session": self.session_id}

    @property
    def is_draft(self) -> bool:
        return self.begun_at is None

    @property
    def is_foreseen(self) -> bool:
        """What its rows would do is kept with them."""
        return self.look_began_at is not None

    @property
    def is_looking(self) -> bool:
        return self.is_draft and self.is_foreseen and self.looked_at is None

    @property
    def is_registering(self) -> bool:
        return self.begun_at is not None and self.done_at is None and self.undo_began_at is None

    @property
    def is_being_undone(self) -> bool:
        return self.undo_began_at is not None and self.undone_at is None

    @property
    def is_running(self) -> bool:
        return self.is_registering or self.is_being_undone

    @property
    def may_be_undone(self) -> bool:
        return self.begun_at is not None and self.undo_began_at is None and self.emptied_at is None

    def letters_leave_at(self, now: datetime) -> datetime | None:
        """When letters written now leave: in an hour, but an hour before the session starts at the latest. None: at once."""
        until = now + LETTERS_WAIT
        if self.session:
            until = min(until, self.session.starts_at - LETTERS_WAIT)
        return until if until > now else None
