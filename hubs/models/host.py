from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.country_field import CountryField
from accounts.models import Organization, User
from accounts.regions import Region
from accounts.zones import validate_zone
from desk.translations import TracksTranslations


class HostQuerySet(models.QuerySet["Host"]):
    def run_by(self, person: User) -> Self:
        """The hosts this person coordinates."""
        return self.filter(coordinators=person)

    def centers(self) -> Self:
        """MITI: the headquarters first, then the regional centers."""
        return self.filter(kind__in=Host.CENTERS)

    def hubs(self) -> Self:
        return self.filter(kind=Host.Kind.LEARNING_HUB)


class Host(TracksTranslations):
    """Who offers learning activities: the Secretariat General, MITI's headquarters, a regional center, a Learning Hub."""

    TRANSLATED_TEXTS = ("name", "city", "region_served", "about")

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat General")
        HEADQUARTERS = "headquarters", _("headquarters")
        REGIONAL_CENTER = "regional_center", _("regional center")
        LEARNING_HUB = "learning_hub", _("Learning Hub")

    CENTERS = (Kind.HEADQUARTERS, Kind.REGIONAL_CENTER)
    # Who teaches under an agreement. The Secretariat General needs none with itself.
    BOUND = (*CENTERS, Kind.LEARNING_HUB)

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    city = models.CharField(_("city"), max_length=100)
    country = CountryField(_("country"))
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees, north positive."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees, east positive."))
    timezone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    region_served = models.CharField(_("region served"), max_length=200, blank=True)
    regions = ArrayField(
        models.CharField(max_length=30, choices=Region),
        verbose_name=_("regions"),
        default=list,
        blank=True,
        help_text=_("Empty means all regions."),
    )
    host_institution = models.CharField(_("host institution"), max_length=200, blank=True)
    established = models.CharField(_("established"), max_length=20, blank=True)
    about = models.TextField(_("about"), blank=True)
    languages = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("working languages"),
        default=list,
        blank=True,
    )
    email = models.EmailField(_("address for replies"), blank=True)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosts",
        verbose_name=_("member"),
    )
    coordinators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="hosts",
        verbose_name=_("coordinators"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = HostQuerySet.as_manager()

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        permissions = [("see_all_hosts", _("May work with every host, not only those they coordinate"))]
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page; the Secretariat General has none of its own, so what it offers."""
        if self.is_center:
            return reverse("pages:center", args=[self.slug])
        if self.is_hub:
            return reverse("pages:hub", args=[self.slug])
        return f"{reverse('catalog:activities')}?host={self.slug}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def staffed_by(self, person: User | AnonymousUser) -> bool:
        """Whether this person works at the desk for this host, or for all hosts."""
        if not person.is_authenticated or not person.is_staff:
            return False
        return person.has_perm("hubs.see_all_hosts") or (
            person.has_perm("hubs.view_agreement") and self.coordinators.filter(pk=person.pk).exists()
        )

    @property
    def is_center(self) -> bool:
        """Of MITI: the headquarters or a regional center."""
        return self.kind in self.CENTERS

    @property
    def is_hub(self) -> bool:
        return self.kind == self.Kind.LEARNING_HUB
