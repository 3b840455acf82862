"""Who signs the certificates of a host, from one day to another."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from desk.translations import TracksTranslations
from hubs.models import Host
from texts.names import NameField


class Signature(models.Model):
    """The picture of a signature. It never changes: certificates that were signed with it keep it."""

    # PNG, at most 100 kB, as `signature_picture.py` makes it.
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def on(self, day: date | Combinable) -> "SignatoryQuerySet":
        return self.filter(Q(until_day=None) | Q(until_day__gte=day), from_day__lte=day)


class Signatory(TracksTranslations):
    """Who signs for a host. Where the days of two meet, the later one signs."""

    TRANSLATED_TEXTS = ("post",)

    host = models.ForeignKey(Host, models.CASCADE, related_name="signatories", verbose_name=_("host"))
    name = NameField(_("name"), max_length=200)
    post = models.CharField(_("post"), max_length=200, help_text=_("As it stands under the signature."))
    signature = models.ForeignKey(
        Signature,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="signatories",
        verbose_name=_("signature"),
    )
    from_day = models.DateField(_("from"), help_text=_("Signs what is issued from this day on."))
    until_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty: until somebody follows.")
    )

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["host", "-from_day"]
        constraints = [
            models.UniqueConstraint(fields=["host", "from_day"], name="signatory_one_begins_on_a_day"),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")),
                name="signatory_ends_after_the_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.until_day and self.from_day and self.until_day < self.from_day:
            raise ValidationError({"until_day": _("The last day is before the first.")})


def signatory_on(host: Host | None, day: date) -> Signatory | None:
    """Who signs for the host on that day; None where nobody does."""
    return signing(host, day).first() if host else None


def signing(host: Host, day: date) -> SignatoryQuerySet:
    """Who signs then, before those who would if they did not."""
    return Signatory.objects.filter(host=host).on(day).order_by("-from_day")
