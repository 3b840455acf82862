"""Whose word it is that somebody acts for an organization: their own (claimed), or the organization's too (confirmed)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization

# Domain names as they stand in addresses: lower case, at least one dot, at most 253 signs (RFC 1035, RFC 5890).
DOMAIN = r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$"

# What a city said is asked again: people change post.
GOOD_FOR = timedelta(days=2 * 365)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> "ClaimQuerySet":
        """Those that nobody ended, confirmed or not."""
        return self.filter(ended_at=None)

    def confirmed(self, at: datetime) -> "ClaimQuerySet":
        """Those that count at that moment: says what `is_confirmed` says. The person still has the address by which they
        were confirmed."""
        same_address = self.annotate(present=Lower("person__email"))
        return same_address.filter(ended_at=None, confirmed_until__gt=at, email=F("present"))

    def to_confirm(self, at: datetime) -> "ClaimQuerySet":
        """Those that stand and do not count."""
        return self.standing().exclude(pk__in=self.confirmed(at).values("pk"))


class Claim(models.Model):
    """That a person acts for an organization. One that ended stays, with why it did."""

    class Ground(models.TextChoices):
        DOMAIN = "domain", _("by the domain of their e-mail address")
        FOCAL_POINT = "focal_point", _("by a focal point of the organization")
        STAFF = "staff", _("by the secretariat")
        RECORD = "record", _("on record before confirmation was asked for")

    class End(models.TextChoices):
        PERSON = "person", _("the person said so")
        ADDRESS = "address", _("their e-mail address changed")
        REFUSED = "refused", _("the organization does not know them")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="claims", verbose_name=_("organization")
    )
    claimed_at = models.DateTimeField(_("claimed since"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_until = models.DateTimeField(_("confirmed until"), null=True, blank=True)
    ground = models.CharField(_("how"), max_length=12, choices=Ground, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("The one they had when they were confirmed.")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end = models.CharField(_("why it ended"), max_length=8, choices=End, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-claimed_at", "-pk"]
        permissions = [("confirm_claim", _("May confirm for whom people act"))]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"], condition=Q(ended_at=None), name="claim_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_until=None, ground="", email="")
                | (
                    Q(confirmed_at__isnull=False, confirmed_until__gt=F("confirmed_at"))
                    & ~Q(ground="")
                    & ~Q(email="")
                ),
                name="claim_is_confirmed_wholly",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="claim_ends_with_a_reason",
            ),
        ]
        indexes = [
            models.Index("organization", "person", condition=Q(ended_at=None), name="claim_of_organization")
        ]

    def __str__(self) -> str:
        return _("%(person)s for %(organization)s") % {
            "person": self.person,
            "organization": self.organization,
        }

    def is_confirmed(self, at: datetime) -> bool:
        return (
            self.ended_at is None
            and self.confirmed_until is not None
            and at < self.confirmed_until
            and self.email == self.person.email.lower()
        )


class EmailDomain(models.Model):
    """A domain that an organization gives its own people addresses in. Below it are other domains, each listed or not."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="email_domains", verbose_name=_("organization")
    )
    domain = models.CharField(
        _("e-mail domain"),
        max_length=253,
        validators=[RegexValidator(DOMAIN, _("Write it as in an address, such as city.example."))],
        help_text=_("What stands behind the @ of an address: city.example"),
    )
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        ordering = ["domain", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "domain"], name="email_domain_once"),
            models.CheckConstraint(condition=Q(domain=Lower("domain")), name="email_domain_in_small_letters"),
        ]
        indexes = [models.Index("domain", name="email_domain_of_whom")]

    def __str__(self) -> str:
        return self.domain
