"""What a list says of one person or thing, and what came of it."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models import Registration
from registrations.states import STANDING

from .people_import import Import

# The clocks of two machines may differ, and those of one step come one after the other (occupancy.py).
ALIKE = timedelta(minutes=1)


class EntryQuerySet(models.QuerySet["Entry"]):
    def to_do(self) -> "EntryQuerySet":
        return self.filter(outcome="").order_by("number")

    def to_look_at(self) -> "EntryQuerySet":
        return self.filter(foreseen={}).order_by("number")

    def otherwise(self) -> "EntryQuerySet":
        """Done, and not as was foreseen."""
        done = self.exclude(foreseen={}).exclude(outcome="").order_by("number")
        return done.annotate(before=KT("foreseen__outcome")).exclude(outcome=F("before"))

    def registered(self) -> "EntryQuerySet":
        return self.filter(outcome__in=Entry.REGISTERED)

    def anew(self) -> "EntryQuerySet":
        """Those whose people left and registered again since, by themselves or by staff: no longer the work of this one."""
        again = Q(registration__ground="") | Q(registration__queued_at__gt=F("at") + ALIKE)
        standing = Q(registration__state__in=STANDING)
        return self.registered().filter(again & standing)

    def to_take_back(self) -> "EntryQuerySet":
        """From the end: nobody of the list is let in from the waiting list by it, only to be taken out again."""
        return self.registered().filter(taken_back_at=None).order_by("-number")


class Entry(models.Model):
    """A row of the file. Without an outcome it was not looked at yet, but in the dry run."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", pgettext_lazy("a row", "changed")
        SAME = "same", _("same")
        REFUSED = "refused", _("refused")

    class Back(models.TextChoices):
        """What undoing came to."""

        UNTOLD = "untold", _("as if it had not been")
        TOLD = "told", _("cancelled, and written to")
        GONE = "gone", _("was cancelled before")
        ATTENDED = "attended", _("stays: attendance is noted")
        CERTIFIED = "certified", _("stays: there is a certificate")
        OVER = "over", _("stays: the session is over")
        ANEW = "anew", _("stays: registered again since")
        # Of things: see imports/kinds.py.
        GIVEN = "given", _("given back as it was")
        PARTLY = "partly", _("given back in part: the rest was changed since")
        TOUCHED = "touched", _("stays: changed since")
        USED = "used", _("stays: something hangs on it")
        WRITTEN = "written", _("stays: the person was written to")

    REGISTERED = (Outcome.NEW, Outcome.CHANGED)
    STAYS = (
        *(Back.ATTENDED, Back.CERTIFIED, Back.OVER, Back.ANEW),
        *(Back.PARTLY, Back.TOUCHED, Back.USED, Back.WRITTEN),
    )

    of = models.ForeignKey(Import, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()  # of the row in the file, from 1
    cells = models.JSONField(default=list)
    # As the columns say, in small letters: by it a person's rows are found.
    email = models.CharField(max_length=254, blank=True, db_index=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField(null=True, blank=True)
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="import_entries"
    )
    made_account = models.BooleanField(default=False)
    # Of a row that is no registration: what it names, which thing it was, and what became otherwise, before and after.
    key = models.CharField(max_length=254, blank=True, db_default="", db_index=True)
    thing = models.PositiveBigIntegerField(null=True, blank=True)
    changes = models.JSONField(default=dict, db_default={}, blank=True)
    # Of a long file: what its dry run said of the row, as a `Looked` of imports/kinds.py, and of which thing.
    foreseen = models.JSONField(default=dict, db_default={}, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    back = models.CharField(max_length=10, choices=Back, blank=True)
    account_stays = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(outcome="", at=None) | ~Q(outcome="") & Q(at__isnull=False),
                name="import_outcome_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["of", "number"], condition=Q(outcome=""), name="import_row_to_do"),
            models.Index(fields=["thing"], condition=Q(thing__isnull=False), name="import_row_of_thing"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
