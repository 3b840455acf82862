from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hubs.storage import anonymous, private_storage

from .activity import Activity
from .session import Session


def material_path(_row: object, name: str) -> str:
    return anonymous("materials", name)


class MaterialQuerySet(models.QuerySet["Material"]):
    def of_session(self, session: Session) -> "MaterialQuerySet":
        """Those of this session, and those of every session of its activity."""
        return self.filter(Q(session=None) | Q(session=session), activity=session.activity_id)


class Material(models.Model):
    """Something to read or watch: an address, or a file that we keep.

    What is for everyone is open to all while the activity is public. Who opens what is for people registered, or for those
    of them who were there, `registrations.materials` alone decides; everybody else reads its title, and for whom it is.
    """

    class Kind(models.TextChoices):
        MATERIAL = "material", _("material")
        RECORDING = "recording", _("recording")

    class MeantFor(models.TextChoices):
        """When it is of use. It is open from the day it is given, whatever it is meant for."""

        ANY = "any", _("any time")
        BEFORE = "before", _("before the session")
        DURING = "during", _("during the session")
        AFTER = "after", _("after the session")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        PARTICIPANTS = "participants", _("people registered")
        ATTENDED = "attended", _("people who attended")

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="materials", verbose_name=_("activity")
    )
    # Empty: of every session.
    session = models.ForeignKey(
        Session,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("session"),
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.MATERIAL, db_default=Kind.MATERIAL
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(
        _("file"),
        upload_to=material_path,
        storage=private_storage,
        max_length=200,
        blank=True,
        db_default="",
    )
    # What it was called when it came, and its size in bytes.
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True, db_default="")
    file_size = models.PositiveIntegerField(_("size of the file"), default=0, db_default=0)
    language = models.CharField(_("language"), max_length=10, blank=True)
    meant_for = models.CharField(
        _("meant for"), max_length=10, choices=MeantFor, default=MeantFor.ANY, db_default=MeantFor.ANY
    )
    shown_to = models.CharField(_("shown to"), max_length=20, choices=Audience, default=Audience.EVERYONE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # Unknown of what is older than this column.
    given_at = models.DateTimeField(_("given"), auto_now_add=True, null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(link="") & Q(file="") | Q(link="") & ~Q(file=""),
                name="material_is_link_or_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.session is not None and self.session.activity_id != self.activity_id:
            raise ValidationError({"session": _("This session belongs to another activity.")})
        if self.shown_to == self.Audience.ATTENDED and self.session is not None and self.session.self_paced:
            raise ValidationError(
                {
                    "shown_to": _(
                        "Here one learns at one’s own pace, and nobody notes who was there: give it to the people "
                        "registered."
                    )
                }
            )

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"activity": self.activity_id}

    @property
    def address(self) -> str:
        """Where it is opened, by who may."""
        return self.link or reverse("registrations:material_file", args=[self.pk])

    @property
    def is_for_everyone(self) -> bool:
        return self.shown_to == self.Audience.EVERYONE

    @property
    def is_recording(self) -> bool:
        return self.kind == self.Kind.RECORDING
