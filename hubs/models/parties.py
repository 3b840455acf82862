from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from texts.names import NameField

from .agreement import Agreement


class Party(models.Model):
    """An organization that takes part in an agreement, and as what."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="parties", verbose_name=_("agreement")
    )
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
        help_text=_("If the station knows it; otherwise the name alone is enough."),
    )
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(
        _("role"), max_length=200, help_text=_("Such as “gives the curriculum its experts”.")
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    is_public = models.BooleanField(_("shown to everyone"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, int]:
        """For the history: where this belongs (or belonged)."""
        return {"agreement": self.agreement_id}


class Contact(models.Model):
    """Whom the station writes to about an agreement: someone with an account, or a name with an e-mail address."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="contacts", verbose_name=_("agreement")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
        help_text=_("If they have an account. Then their own address and language are used."),
    )
    name = NameField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.CONTENT_LANGUAGES, default="en"
    )
    post = models.CharField(
        _("for what"), max_length=200, blank=True, help_text=_("Such as “signs for the city”.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | (~Q(email="") & ~Q(name="")),
                name="contact_can_be_written_to",
                violation_error_message=_("Choose a person, or give a name and an e-mail address."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "person"], condition=Q(person__isnull=False), name="contact_person_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name

    def get_additional_data(self) -> dict[str, int]:
        """For the history: where this belongs (or belonged)."""
        return {"agreement": self.agreement_id}
