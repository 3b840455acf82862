from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.country_field import CountryField
from accounts.regions import Region
from accounts.zones import days_by_zone, validate_zone
from desk.alphabet import Alphabetical
from desk.years import validate_year


def in_force(day: date) -> models.Q:
    """Begun and not over on that day; both days belong to it, and one that is not known sets no limit."""
    begun = models.Q(member_since=None) | models.Q(member_since__lte=day)
    return begun & (models.Q(member_until=None) | models.Q(member_until__gte=day))


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def members(self, at: datetime | None = None) -> "OrganizationQuerySet":
        """Members of the association at that moment (now when none is given): says what `is_member` says.

        Each has its own day. Which it is Python decides, so that PostgreSQL needs no table of time zones for it.
        """
        of_member = models.Q(kind=Organization.Kind.MEMBER)
        here, *elsewhere = days_by_zone(at or timezone.now())
        named = [name for _day, names in elsewhere for name in names]
        belongs = ~models.Q(timezone__in=named) & in_force(here[0])
        for day, names in elsewhere:
            belongs |= models.Q(timezone__in=names) & in_force(day)
        return self.filter(of_member & belongs)

    def standing_one(self, pk: int | str | None) -> "Organization | None":
        """The one of this number, or the one that it was merged into, how often ever."""
        found = Organization.every.filter(pk=pk).first() if pk else None
        return found.that_stands if found else None

    def named(self) -> "OrganizationQuerySet":
        """Each with its name in the language of the page, and in the order of these names."""
        here = self.names_of_each().filter(kind="short", language=get_language() or "en")
        shown = Coalesce(models.Subquery(here.values("name")[:1]), models.F("name"))
        # By name in a dict: types take it for a second attribute of the model.
        return self.annotate(**{"name_shown": shown}).order_by(Alphabetical("name_shown"), "pk")

    def searchable(self) -> "OrganizationQuerySet":
        """Those of `named`, each with all names it has elsewhere (`other_names`)."""
        names = self.names_of_each().order_by("name").values("name").distinct()
        return self.named().annotate(**{"other_names": ArraySubquery(names)})

    def names_of_each(self) -> models.QuerySet[models.Model]:
        names = Organization.names.rel.related_model._default_manager
        return names.filter(organization=models.OuterRef("pk"))


class StandingManager(models.Manager["Organization"]):
    """Without those that were merged into another: nobody chooses, lists or finds them."""

    def get_queryset(self) -> models.QuerySet["Organization"]:
        return super().get_queryset().filter(merged_into=None)


class Organization(models.Model):
    """Whom people act for: a member metropolis or a partner. Members that leave keep their row and get an end date."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        PARTNER = "partner", _("partner")

    class Certainty(models.TextChoices):
        STATED = "stated", _("stated by a source")
        IMPLIED = "implied", _("implied by a source")
        ASSUMED = "assumed", _("assumed, to be confirmed")

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEMBER)
    country = CountryField(_("country"))
    country_label = models.CharField(
        _("country as displayed"),
        max_length=100,
        blank=True,
        help_text=_("Only where the usual name of the country should not be shown."),
    )
    region = models.CharField(_("region"), max_length=30, choices=Region)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, help_text=_("Degrees, north positive.")
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, help_text=_("Degrees, east positive.")
    )
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_zone])
    member_since = models.DateField(_("member since"), validators=[validate_year], null=True, blank=True)
    member_until = models.DateField(_("member until"), validators=[validate_year], null=True, blank=True)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.ASSUMED)

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )

    other_names: list[str]  # of the rows of `searchable`

    # The first is Django's own for whatever asks after each row: rules of what there may be once, and old addresses.
    every = OrganizationQuerySet.as_manager()
    objects = StandingManager.from_queryset(OrganizationQuerySet)()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = [Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "country", name="organization_name_once_per_country"),
            models.CheckConstraint(
                condition=models.Q(member_until__isnull=True)
                | models.Q(member_since__isnull=True)
                | models.Q(member_until__gte=models.F("member_since")),
                name="organization_membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_member(self, at: datetime | None = None) -> bool:
        """Whether it is a member of the association at that moment (now when none is given), by the day where it is."""
        if self.kind != self.Kind.MEMBER:
            return False
        day = (at or timezone.now()).astimezone(self.zone).date()
        begun = self.member_since is None or self.member_since <= day
        return begun and (self.member_until is None or day <= self.member_until)

    @property
    def that_stands(self) -> "Organization":
        """Itself, or the one that it was merged into, how often ever."""
        stands = self
        while stands.merged_into:
            stands = stands.merged_into
        return stands

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def name_shown(self) -> str:
        """Its name in the language of the page. Lists ask for it together with their rows: `objects.named()`."""
        wanted = {"kind": "short", "language": get_language() or "en"}
        return self.names.filter(**wanted).values_list("name", flat=True).first() or self.name

    @property
    def country_name(self) -> str:
        return self.country_label or self.country.name
