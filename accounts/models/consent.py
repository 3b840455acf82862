from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User


class Consent(models.Model):
    """What a person agreed to, in which wording, and when (GDPR Art. 6(1)(a) and 7(1))."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("use of my data for this registration")
        CITY_RECORD = "city_record", _("my name in what my city learned")

    person = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    about = models.CharField(
        _("about"),
        max_length=100,
        blank=True,
        help_text=_("What it concerns, such as “session 12”."),
    )
    wording = models.TextField(_("wording"))
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "about"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_once_while_it_stands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.about}".strip()
