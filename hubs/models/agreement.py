from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from desk.years import validate_year

from ..storage import document_path, private_storage
from .host import Host

ENDING_SOON = timedelta(days=180)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def for_reading(self) -> Self:
        """With what its state and its name are read from."""
        return self.select_related("host", "member", "renewal")

    def signed(self) -> Self:
        return self.filter(signed_on__isnull=False)

    def in_force(self, on: date) -> Self:
        """Signed, begun and not over on that day."""
        return self.signed().filter(starts_on__lte=on, lasts_until__gte=on)


class Agreement(models.Model):
    """What binds a host to the association for a term: a Learning Hub's agreement, or a center's terms of reference.

    Days are days on the host's clock, and the last day still belongs to the term. Once signed, host, start and end stand:
    the end moves by an extension only, and the database sees to it (migration 0003).
    """

    class Kind(models.TextChoices):
        LEARNING_HUB = "learning_hub", _("Learning Hub agreement")
        TERMS_OF_REFERENCE = "terms_of_reference", _("terms of reference of a center")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed, not begun")
        RUNNING = "running", _("running")
        ENDING_SOON = "ending_soon", _("ending soon")
        ENDED = "ended", _("ended")
        RENEWED = "renewed", _("renewed")
        ENDED_EARLY = "ended_early", _("ended early")

    host = models.ForeignKey(Host, models.PROTECT, related_name="agreements", verbose_name=_("host"))
    member = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("member"),
        help_text=_("The member organization that signs."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    theme = models.CharField(_("priority theme"), max_length=200)
    summary = models.CharField(
        _("what it is about"),
        max_length=600,
        blank=True,
        help_text=_("Shown to everyone. Two or three sentences."),
    )
    starts_on = models.DateField(_("first day"), validators=[validate_year])
    ends_on = models.DateField(
        _("last day"),
        validators=[validate_year],
        help_text=_("Empty means three years. Once signed, only an extension moves it."),
    )
    review_due_on = models.DateField(
        _("mid-term review due"),
        validators=[validate_year],
        null=True,
        blank=True,
        help_text=_("Empty means in the middle of the term."),
    )
    document = models.FileField(
        _("document"), upload_to=document_path, storage=private_storage, blank=True, max_length=200
    )
    document_name = models.CharField(max_length=200, blank=True, editable=False)
    renews = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="renewal",
        verbose_name=_("renews"),
    )
    is_demonstration = models.BooleanField(
        _("demonstration data"),
        default=False,
        editable=False,
        help_text=_("Dates and details are invented, and every page says so."),
    )

    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("signature recorded by"),
    )
    ended_early_on = models.DateField(_("last day, ended early"), null=True, blank=True, editable=False)
    ended_early_reason = models.CharField(_("why it ended early"), max_length=500, blank=True, editable=False)
    ended_early_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("ended early by"),
    )
    lasts_until = models.GeneratedField(
        expression=Coalesce("ended_early_on", "ends_on"),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("lasts until"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        permissions = [("decide_agreement", _("May sign, extend, renew and end agreements"))]
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_early_on__isnull=True, ended_early_reason="")
                | Q(
                    ended_early_on__gte=F("starts_on"),
                    ended_early_on__lt=F("ends_on"),
                    signed_on__isnull=False,
                )
                & ~Q(ended_early_reason=""),
                name="agreement_ended_early_within_its_term_says_why",
            ),
            models.CheckConstraint(
                condition=Q(review_due_on__isnull=True) | Q(review_due_on__gte=F("starts_on")),
                name="agreement_review_after_it_starts",
            ),
            ExclusionConstraint(
                name="agreement_one_at_a_time",
                expressions=[
                    ("host", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            Coalesce("ended_early_on", "ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(signed_on__isnull=False),
                violation_error_message=_("This host has another agreement at that time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host}, {self.starts_on.year}–{(self.ended_early_on or self.ends_on).year}"

    @property
    def last_day(self) -> date:
        """As `lasts_until`, also before the row is written."""
        return self.ended_early_on or self.ends_on

    @property
    def is_signed(self) -> bool:
        return self.signed_on is not None

    @property
    def is_renewed(self) -> bool:
        """Whether the agreement that goes on from it is signed."""
        return self.has_renewal and self.renewal.is_signed

    @property
    def has_renewal(self) -> bool:
        return hasattr(self, "renewal")

    def today(self, now: datetime) -> date:
        """The day on the host's clock."""
        return now.astimezone(self.host.zone).date()

    def days_left(self, on: date) -> int:
        """Days until its last one; 0 on the last day, negative after it."""
        return (self.last_day - on).days

    def state(self, on: date) -> State:
        """Told by its dates and decisions. The words for it: `Agreement.State(...).label`."""
        if not self.is_signed:
            return self.State.DRAFT
        if on < self.starts_on:
            return self.State.SIGNED
        if self.ended_early_on and on > self.ended_early_on:
            return self.State.ENDED_EARLY
        if on > self.last_day:
            return self.State.RENEWED if self.is_renewed else self.State.ENDED
        if self.last_day - on <= ENDING_SOON:
            return self.State.RENEWED if self.is_renewed else self.State.ENDING_SOON
        return self.State.RUNNING
