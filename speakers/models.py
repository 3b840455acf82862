"""Who speaks: a person told once, whom many activities name, each with the role there.

Personal data of people who need no account here. Public pages name those alone who agreed to it.
"""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Activity
from catalog.wording import in_a_row
from desk.translations import TracksTranslations
from hubs.models import Host
from hubs.scope import in_scope, sees_all_hosts
from texts.languages import language_name
from texts.names import NameField


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def agreed(self) -> Self:
        """Those who said yes to being named."""
        return self.filter(consented_on__isnull=False)

    def to_choose_from(self, person: User) -> Self:
        """Whom this member of staff may name at an activity: speakers of their hosts, and who speaks there already."""
        if sees_all_hosts(person):
            return self
        theirs = in_scope(self.all(), person, host="host").values("pk")
        there = in_scope(Appearance.objects.all(), person, host="activity__host").values("speaker")
        return self.filter(Q(pk__in=theirs) | Q(pk__in=there))


class Speaker(TracksTranslations):
    """A person who speaks at activities."""

    TRANSLATED_TEXTS = ("words",)

    host = models.ForeignKey(
        Host,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="known_speakers",
        verbose_name=_("host"),
        help_text=_("Whose staff look after what is said here. Empty: the Secretariat."),
    )
    name = NameField(
        _("name"),
        max_length=200,
        help_text=_("Says on the page of each activity who speaks there, once the person agreed."),
    )
    organization = models.CharField(
        _("organization"), max_length=200, blank=True, help_text=_("On whose behalf the person speaks.")
    )
    words = models.TextField(
        _("a few words"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences for those who decide whether to come. Shown beside the name."),
    )
    link = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Where one reads more of the person. It begins with https://."),
    )
    languages = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    consented_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent_how = models.CharField(
        _("how the person agreed"),
        max_length=200,
        blank=True,
        help_text=_("As in “by letter, 3 March”. It shows later that the person agreed to be named."),
    )
    consent_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("noted by"),
    )
    # The picture itself is a Portrait.
    portrait_key = models.CharField(max_length=20, blank=True, editable=False, default="", db_default="")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consented_on__isnull=True, consent_how="")
                | Q(consented_on__isnull=False) & ~Q(consent_how=""),
                name="speaker_consent_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_agreed(self) -> bool:
        return self.consented_on is not None

    @property
    def languages_told(self) -> str:
        return in_a_row([language_name(code) for code in self.languages])

    @property
    def portrait_url(self) -> str:
        """The address changes with the picture."""
        return reverse("speakers:portrait", args=[self.pk, self.portrait_key]) if self.portrait_key else ""


class Portrait(models.Model):
    """The picture of a speaker, as pictures/small.py makes it."""

    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="portrait")
    webp = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.speaker_id}"


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def shown(self) -> Self:
        """For public pages: of those who agreed to be named, in their order."""
        return self.filter(speaker__consented_on__isnull=False).select_related("speaker")


class Appearance(models.Model):
    """A speaker at an activity. What is empty is as the speaker's own page has it."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="speakers", verbose_name=_("activity")
    )
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="appearances", verbose_name=_("speaker")
    )
    role = models.CharField(
        _("role"), max_length=200, blank=True, help_text=_("What the person does there: speaker, moderator …")
    )
    organization = models.CharField(
        _("organization"), max_length=200, blank=True, help_text=_("Only where it is another than usual.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.speaker.name

    @property
    def shown_organization(self) -> str:
        return self.organization or self.speaker.organization

    def get_additional_data(self) -> dict[str, Any]:
        """For the history: where this belongs (or belonged)."""
        return {"activity": self.activity_id}
