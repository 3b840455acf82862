from django.db import models
from django.utils.translation import gettext_lazy as _

from .organization import Organization


class OrganizationName(models.Model):
    """One of the names by which an organization, or the city it is, is looked for and shown.

    The short name in a reader's language is shown to that reader in place of `Organization.name`; the others only find it.
    """

    class Kind(models.TextChoices):
        SHORT = "short", _("short: as it is shown in this language")
        OFFICIAL = "official", _("official")
        FORMER = "former", _("former")
        ALIAS = "alias", _("other name")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="names", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=200)
    # Any language, not only those of the station: empty is a name of no language in particular, such as an abbreviation.
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Its code, such as fr or ko. Leave it empty for an abbreviation."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SHORT)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["kind", "language", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "language"],
                condition=models.Q(kind="short"),
                name="organization_name_shown_once_per_language",
                violation_error_message=_("There is a short name in this language already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "language", "name"], name="organization_name_known_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"organization": self.organization_id}
