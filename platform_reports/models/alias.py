"""An e-mail address or a name under which a person came to a call, learned when staff matched it by hand."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# Unused for so long it is forgotten.
ALIASES_KEPT = timedelta(days=2 * 365)


class Alias(models.Model):
    """It helps wherever the person is expected next. An address is one person's; a name may be several people's."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="aliases")
    email = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=200, blank=True)  # as `reading.folded` writes it
    learned_at = models.DateTimeField(default=timezone.now)
    learned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
    )
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="alias_address_is_one_persons"
            ),
            models.UniqueConstraint(
                fields=["person", "name"], condition=~Q(name=""), name="alias_name_once_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(email="") & ~Q(name="") | ~Q(email="") & Q(name=""),
                name="alias_is_address_or_name",
            ),
        ]
        indexes = [
            models.Index(fields=["name"], condition=~Q(name=""), name="alias_by_name"),
            models.Index(fields=["used_at"], name="alias_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
