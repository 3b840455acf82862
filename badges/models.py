"""The keys that badges are signed with, the badges, and the lists that say which of them no longer count."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from credentials.models import Certificate

# How many badges one list tells of: the least that Bitstring Status List 1.0 allows (section 2.2, 131,072 bits), so
# that asking for a list does not tell about whom one asks.
PLACES = 131_072
# Letters of the public key that name it.
OF_NAME = 8
# Who fetched a list need not ask again so soon.
KEPT_FOR = timedelta(minutes=5)
# A list that did not change is signed anew, so that the one that is given out always has days before it.
SIGNED_ANEW_AFTER = timedelta(days=1)


class IssuerKey(models.Model):
    """The public half of a key, which stays known for ever: what was signed with it is checked by it. The private
    half stands in the environment alone (`private_key.py`)."""

    # Ed25519, as a Multikey: “z6Mk…”.
    public_key = models.CharField(max_length=60, unique=True)
    # RSA, as a JSON Web Key (RFC 7517): {"kty": "RSA", "n": …, "e": …}.
    public_token_key = models.JSONField()
    adopted_at = models.DateTimeField()
    # Somebody else has the private half: what it signed counts no longer, and is signed anew.
    leaked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-adopted_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As operators and the issuer's document call it: by its own end, “key-b7JqZx4M”. A number of the row
        would name another key in a database that was restored."""
        return f"key-{self.public_key[-OF_NAME:]}"


class StatusList(models.Model):
    """Which badges of this list were withdrawn or replaced, signed and ready to be given to whoever asks. Its number
    stands in its address."""

    number = models.PositiveIntegerField(primary_key=True)
    # Places whose bit is set, in order.
    refused = ArrayField(models.PositiveIntegerField(), default=list)
    signed_at = models.DateTimeField()
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="+")
    # The list as a verifiable credential in both forms.
    document = models.TextField()
    token = models.TextField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class BadgeQuerySet(models.QuerySet["Badge"]):
    def standing(self) -> "BadgeQuerySet":
        """Of certificates that are neither withdrawn nor replaced, and still somebody's."""
        return self.filter(
            certificate__withdrawn_at=None, certificate__replaced_at=None, certificate__erased_at=None
        )

    def to_give(self) -> "BadgeQuerySet":
        """Whose signed forms are there, and count: not while they wait to be signed anew after a leak."""
        return self.exclude(document="").filter(key__leaked_at=None)

    def signed_by_leaked(self) -> "BadgeQuerySet":
        return self.filter(key__leaked_at__isnull=False)


class Badge(models.Model):
    """A certificate as a signed Open Badge: signed once, and the same ever after, whatever becomes of the key. Only
    a key that leaked has it signed anew, in the same place of its list."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="badge")
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="badges")
    # By chance: it tells nothing of when the certificate was issued, nor of its neighbors.
    place = models.PositiveIntegerField()
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="badges")
    signed_at = models.DateTimeField()
    # In both forms; "" once the person was erased, whose name stands in them.
    document = models.TextField(blank=True)
    token = models.TextField(blank=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "place"], name="badge_place_once"),
            models.CheckConstraint(condition=models.Q(place__lt=PLACES), name="badge_place_in_list"),
        ]

    def __str__(self) -> str:
        return f"{self.status_list_id}/{self.place}"
