from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.zones import city_of_zone, validate_zone
from desk.years import validate_year
from hubs.models import Host

from .. import errors

# Who was writing when a call closed may still send: nobody loses a text to a clock.
GRACE = timedelta(hours=1)


class CallQuerySet(models.QuerySet["Call"]):
    def open(self, now: datetime) -> "CallQuerySet":
        return self.filter(opens_at__lte=now, closes_at__gt=now)


class Call(models.Model):
    """For some time the station asks for proposals on a theme. Outside of calls proposals are welcome, too."""

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    title = models.CharField(_("theme"), max_length=200)
    about = models.TextField(_("what is looked for"), blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Madrid", validators=[validate_zone]
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    answers_on = models.DateField(
        _("answers by"), validators=[validate_year], help_text=_("The day by which everyone has an answer.")
    )
    hides_names = models.BooleanField(
        _("names are hidden from reviewers"),
        default=False,
        help_text=_(
            "Reviewers then see neither who proposes nor whom they name; who decides does. "
            "It can no longer be changed once something was sent."
        ),
    )
    hosts = models.ManyToManyField(
        Host,
        blank=True,
        related_name="calls",
        verbose_name=_("hosts that read"),
        help_text=_("Their coordinators read what is sent, besides the staff."),
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-closes_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:call", args=[self.slug])

    def clean(self) -> None:
        """Who proposed trusted what the call said of names: once something was sent it stands. The database holds it too."""
        super().clean()
        was = Call.objects.filter(pk=self.pk).values_list("hides_names", flat=True).first()
        if was is not None and was != self.hides_names and self.proposals.sent().exists():
            raise ValidationError({"hides_names": errors.CallHasProposals().sentence})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def place(self) -> str:
        """The city whose clock it is."""
        return city_of_zone(self.zone)

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at

    def takes(self, *, started_at: datetime, now: datetime) -> bool:
        """Whether what was started then may be sent now: an hour longer for who had begun before the call closed."""
        last = self.closes_at + GRACE if started_at < self.closes_at else self.closes_at
        return self.opens_at <= now < last


class Criterion(models.Model):
    """One question that the reviewers of a call answer with a score."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria", verbose_name=_("call"))
    name = models.CharField(_("name"), max_length=100)
    words = models.CharField(
        _("what it asks"), max_length=400, help_text=_("A question, such as “Does it fit the theme?”")
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=10), name="criterion_weight_from_1_to_10"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"call": self.call_id}
