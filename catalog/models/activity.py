from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.regions import Region
from desk.search import trigrams
from desk.translations import TracksTranslations
from desk.years import validate_year
from hubs.models import Host

from ..certificate_rule import Certificate, Counted, Rule
from .topic import Topic


def in_words_alone() -> models.Q:
    """With words about a certificate and no rule for it."""
    in_words = models.Q()
    for code in settings.MODELTRANSLATION_LANGUAGES:
        in_words |= models.Q(**{f"certificate_rule_{code}__gt": ""})
    return in_words & models.Q(certificate=Certificate.NONE)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def published(self) -> "ActivityQuerySet":
        """What the public may see."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def upcoming(self, now: datetime) -> "ActivityQuerySet":
        """Published, and the last of its sessions has not ended."""
        return self.published().filter(ends_at__gt=now)

    def promising_without_rule(self, now: datetime) -> "ActivityQuerySet":
        """Upcoming, with words about a certificate and no rule for it. Not what one only learns at one's own pace: no rule
        says anything there yet."""
        meets = models.Exists(
            self.model.sessions.rel.related_model._base_manager.filter(
                activity=models.OuterRef("pk"), ends_at__gt=now, cancelled_at=None, self_paced=False
            )
        )
        return self.upcoming(now).filter(in_words_alone(), meets)

    def past(self, now: datetime) -> "ActivityQuerySet":
        """Published and over. Some of the history has no known date."""
        return self.published().filter(models.Q(ends_at__lte=now) | models.Q(ends_at__isnull=True))


class Activity(TracksTranslations):
    """The thing taught. Each dated run of it is a session."""

    TRANSLATED_TEXTS = ("title", "summary", "description", "certificate_rule", "picture_alt")

    class Format(models.TextChoices):
        WEBINAR = "webinar", _("webinar")
        ONLINE_COURSE = "online_course", _("online course")
        IN_PERSON_PROGRAM = "in_person_program", _("in-person program")

    slug = models.SlugField(_("address"), unique=True, max_length=120)
    format = models.CharField(_("format"), max_length=20, choices=Format)
    host = models.ForeignKey(
        Host,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("host"),
    )
    offered_by = models.CharField(
        _("offered by"),
        max_length=200,
        blank=True,
        help_text=_("Only for history that none of our hosts offered: who did."),
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=400, blank=True, help_text=_("One or two sentences."))
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    description_html = models.TextField(editable=False, blank=True)
    topics = models.ManyToManyField(Topic, related_name="activities", verbose_name=_("topics"), blank=True)
    audiences = ArrayField(
        models.CharField(max_length=10, choices=User.Profile),
        verbose_name=_("audience"),
        default=list,
        blank=True,
        help_text=_("Empty means both."),
    )
    languages = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("working languages"),
        default=list,
        blank=True,
    )
    interpretation = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("interpretation into"),
        default=list,
        blank=True,
    )
    regions = ArrayField(
        models.CharField(max_length=30, choices=Region),
        verbose_name=_("for members of"),
        default=list,
        blank=True,
        help_text=_("Empty means all regions."),
    )
    partners = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("partners"),
        default=list,
        blank=True,
    )
    credited_to = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities_credited",
        verbose_name=_("proposed by"),
        help_text=_("The organization whose idea it was. The activity’s page says so."),
    )

    # The rule, which counts. What was said of it in words stands beside it, for staff.
    certificate = models.CharField(
        _("certificate"), max_length=15, choices=Certificate, default=Certificate.NONE, db_default="none"
    )
    certificate_percent = models.PositiveSmallIntegerField(_("at least, in percent"), null=True, blank=True)
    certificate_percent_of = models.CharField(
        _("percent of"), max_length=10, choices=Counted, default=Counted.MEETINGS, db_default="meetings"
    )
    leaves_out_excused = models.BooleanField(
        _("excused meetings are not counted"), default=False, db_default=False
    )
    certificate_rule = models.CharField(_("certificate, in words"), max_length=300, blank=True)

    # The picture itself is catalog.models.Picture. Without one, a cover is drawn.
    picture_key = models.CharField(
        _("picture"), max_length=20, blank=True, editable=False, default="", db_default=""
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("In a sentence, for those who do not see it."),
    )
    picture_credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Whose picture it is, and its license where it has one, as in “Ana Example, CC BY 4.0”."),
    )
    picture_link = models.URLField(
        _("where the picture is from"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text=_("The credit leads there. Often a license asks for it."),
    )

    # History, known to the day at best. What runs now has sessions instead.
    held_on = models.DateField(_("held on"), validators=[validate_year], null=True, blank=True)
    held_until = models.DateField(_("held until"), validators=[validate_year], null=True, blank=True)
    held_note = models.CharField(_("what is known of the date"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)

    # The edition before: what it was copied from, or what staff named (copying.actions).
    earlier = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="later",
        verbose_name=_("earlier edition"),
    )

    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    # When a session last got another time or place, was added or was cancelled. Feeds tell it.
    news_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    # Worked out by the actions from the rows above and below, for lists and search.
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    search_vector = SearchVectorField(null=True, editable=False)
    # By which rule of catalog/listing/indexing.py.
    indexed_by = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        permissions = [("publish_activity", _("May publish and withdraw activities"))]
        ordering = ["-ends_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(host__isnull=False) | ~models.Q(offered_by=""),
                name="activity_is_offered_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(held_until__isnull=True) | models.Q(held_until__gte=models.F("held_on")),
                name="activity_held_until_after_held_on",
            ),
            models.CheckConstraint(
                condition=models.Q(certificate="none", certificate_percent__isnull=True)
                | ~models.Q(certificate="none")
                & models.Q(certificate_percent__isnull=False, certificate_percent__range=(1, 100)),
                name="activity_rule_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("id")), name="activity_is_not_earlier_than_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(picture_key="")
                | models.Q(picture_alt_en__isnull=False)
                & ~models.Q(picture_alt_en="")
                & ~models.Q(picture_credit=""),
                name="activity_picture_has_its_words",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="activity_search"),
            models.Index(
                models.F("ends_at").desc(nulls_last=True),
                models.F("id").desc(),
                condition=models.Q(published_at__isnull=False, withdrawn_at__isnull=True),
                # What the filters count is answered from the index alone: the texts make a row a hundred times as wide.
                include=["format", "host", "audiences", "languages", "interpretation", "regions"],
                name="activity_public_by_end",
            ),
            models.Index(fields=["host", "id"], name="activity_of_host"),
            models.Index(fields=["-id"], condition=models.Q(published_at=None), name="activity_drafts"),
            models.Index(fields=["ends_at", "id"], condition=in_words_alone(), name="activity_rule_in_words"),
            trigrams("title_en", "title_fr", "title_es", "slug", name="activity_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalog:activity", args=[self.slug])

    @property
    def picture_url(self) -> str:
        """Where its picture lies, in the sizes of pictures/uploads.py; empty when it has none."""
        return picture_url(self.slug, self.picture_key)

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_history(self) -> bool:
        """Held before the station kept sessions: known from a source, to the day at best."""
        return bool(self.held_on or self.held_note or self.source)

    @property
    def rule(self) -> Rule | None:
        """When somebody has taken part; None where no certificate is meant."""
        if self.certificate == Certificate.NONE or self.certificate_percent is None:
            return None
        return Rule(
            certificate=Certificate(self.certificate),
            percent=self.certificate_percent,
            percent_of=Counted(self.certificate_percent_of),
            leaves_out_excused=self.leaves_out_excused,
        )

    @rule.setter
    def rule(self, rule: Rule | None) -> None:
        self.certificate = rule.certificate if rule else Certificate.NONE
        self.certificate_percent = rule.percent if rule else None
        self.certificate_percent_of = rule.percent_of if rule else Counted.MEETINGS
        self.leaves_out_excused = rule is not None and rule.leaves_out_excused

    @property
    def host_name(self) -> str:
        return self.host.name if self.host else self.offered_by


def picture_url(slug: str, key: str) -> str:
    """The address changes with the picture, so that it may be kept for ever; it is the same in all languages."""
    return f"/pictures/{slug}/{key}/" if key else ""
