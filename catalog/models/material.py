from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .activity import Activity
from .session import Session


class MaterialQuerySet(models.QuerySet["Material"]):
    def of_session(self, session: Session) -> "MaterialQuerySet":
        """Those of this session, and those of every session of its activity."""
        return self.filter(Q(session=None) | Q(session=session), activity=session.activity_id)


class Material(models.Model):
    """Something to read or watch: an address, for everyone or for people registered.

    What is for people registered is opened by `registrations.materials` alone; everybody else reads its title.
    """

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        PARTICIPANTS = "participants", _("people registered")

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
    link = models.URLField(_("link"), max_length=500)
    language = models.CharField(_("language"), max_length=10, blank=True)
    shown_to = models.CharField(_("shown to"), max_length=20, choices=Audience, default=Audience.EVERYONE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # Unknown of what is older than this column.
    given_at = models.DateTimeField(_("given"), auto_now_add=True, null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.session is not None and self.session.activity_id != self.activity_id:
            raise ValidationError({"session": _("This session belongs to another activity.")})

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"activity": self.activity_id}

    @property
    def is_for_everyone(self) -> bool:
        return self.shown_to == self.Audience.EVERYONE
