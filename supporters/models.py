"""Who supports the station, a host, an agreement or an activity: a name or a logo, from one day to another."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Activity
from hubs.models import Agreement, Host
from hubs.scope import sees_all_hosts

OF = ("host", "agreement", "activity")
OF_STATION = Q(host=None, agreement=None, activity=None)


class SupporterQuerySet(models.QuerySet["Supporter"]):
    def on(self, day: date) -> Self:
        """Who is shown on that day."""
        return self.filter(Q(until_day=None) | Q(until_day__gte=day), from_day__lte=day)

    def of_station(self) -> Self:
        return self.filter(OF_STATION)

    def seen_by(self, person: User) -> Self:
        """What a member of staff sees at the desk: of their hosts, or all. Those of the station are the Secretariat's."""
        if sees_all_hosts(person):
            return self
        hosts = Host.objects.run_by(person).values("pk")
        return self.filter(Q(host__in=hosts) | Q(agreement__host__in=hosts) | Q(activity__host__in=hosts))

    def carry_on(self, *, since: date, **of: Any) -> None:
        """Those who still are on that day support `of` as well (`agreement=…`, `activity=…`), with their logos."""
        for supporter in self.filter(Q(until_day=None) | Q(until_day__gte=since)):
            logos = list(supporter.logos.all())
            supporter.pk, supporter._state.adding = None, True
            for name in OF:
                setattr(supporter, name, of.get(name))
            supporter.from_day = max(supporter.from_day, since)
            supporter.save(force_insert=True)
            for logo in logos:
                logo.pk, logo._state.adding, logo.supporter = None, True, supporter
                logo.save(force_insert=True)


class Supporter(models.Model):
    """Supports one thing; the whole station, where nothing is named. Days are the host's; of the station, UTC's."""

    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("As it is shown where there is no logo, and read out where there is one."),
    )
    link = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Where the name or the logo leads. It begins with https://."),
    )
    host = models.ForeignKey(
        Host, models.CASCADE, null=True, blank=True, related_name="supporters", verbose_name=_("host")
    )
    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="supporters",
        verbose_name=_("agreement"),
        help_text=_("Shown on the host’s page while it tells of this agreement."),
    )
    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="supporters", verbose_name=_("activity")
    )
    from_day = models.DateField(_("from"), default=timezone.localdate)
    until_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty: until somebody changes it.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # The pictures themselves are rows of Logo. A key says its size, so that pages keep the place for it.
    logo_light = models.CharField(max_length=40, blank=True, editable=False, default="", db_default="")
    logo_dark = models.CharField(max_length=40, blank=True, editable=False, default="", db_default="")

    objects = SupporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("supporter")
        verbose_name_plural = _("supporters")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(host=None, agreement=None)
                | Q(host=None, activity=None)
                | Q(agreement=None, activity=None),
                name="supporter_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")),
                name="supporter_ends_after_the_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.until_day and self.from_day and self.until_day < self.from_day:
            raise ValidationError({"until_day": _("The last day is before the first.")})

    def is_on(self, day: date) -> bool:
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)

    @property
    def light(self) -> "Shown | None":
        return Shown(self.logo_light) if self.logo_light else None

    @property
    def dark(self) -> "Shown | None":
        return Shown(self.logo_dark) if self.logo_dark else None

    @property
    def of(self) -> Host | Agreement | Activity | None:
        return self.host or self.agreement or self.activity

    @property
    def its_host(self) -> Host | None:
        owner = self.agreement or self.activity
        return owner.host if owner else self.host


class Logo(models.Model):
    """A logo as pictures/small.py makes it, for a light ground or for a dark one."""

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="logos")
    is_dark = models.BooleanField(default=False)
    key = models.CharField(max_length=40, db_index=True)
    webp = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["supporter", "is_dark"], name="logo_one_for_each_ground")
        ]

    def __str__(self) -> str:
        return self.key


class Shown:
    """A logo by its key, such as “0a1b2c-320x80”: pages show it at half of its pixels."""

    def __init__(self, key: str):
        width, height = key.rpartition("-")[2].split("x")
        self.url = reverse("supporters:logo", args=[key])
        self.width, self.height = round(int(width) / 2), round(int(height) / 2)
