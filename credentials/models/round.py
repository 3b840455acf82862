from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Session
from registrations.models import Registration


class Round(models.Model):
    """A session's people were looked at, and who met the rule was given a certificate. Made by the worker when all lists
    are closed, and by staff."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="rounds", verbose_name=_("session"))
    # What was known then: when something is noted later, the session is looked at again.
    at = models.DateTimeField(_("looked at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    issued = models.PositiveIntegerField(_("issued"), default=0)
    doubted = models.PositiveIntegerField(_("doubted"), default=0)
    # By which it was decided, as in a certificate's facts; None of rounds that were made before it was written down.
    rule = models.JSONField(_("rule"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("round of certificates")
        verbose_name_plural = _("rounds of certificates")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["session", "at"], name="round_of_session")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.at:%Y-%m-%d %H:%M}"


class NamelessQuerySet(models.QuerySet["Nameless"]):
    def named(self) -> "NamelessQuerySet":
        """Who said a name since, and agreed that the host knows it."""
        of_place = self.filter(registration__discloses=True, registration__state=Registration.State.CONFIRMED)
        return of_place.exclude(registration__person__name="")


class Nameless(models.Model):
    """Who met the rule when a round was made, and had no name to write on a certificate. Once they have one, the session is
    looked at again."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="nameless", verbose_name=_("registration")
    )

    objects = NamelessQuerySet.as_manager()

    class Meta:
        verbose_name = _("person without a name")
        verbose_name_plural = _("people without a name")

    def __str__(self) -> str:
        return str(self.registration_id)
