"""Who came without being registered: typed at the door, and asked by letter to confirm."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting
from registrations.models import Registration, new_code


class Guest(models.Model):
    """A walk-in at one meeting. Confirmed it leads to a registration; unconfirmed it loses name and e-mail after 14 days,
    and still counts."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="guests", verbose_name=_("meeting"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    beyond_places = models.BooleanField(_("also when all places are taken"), default=False)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="came_as",
        verbose_name=_("registration"),
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["noted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "meeting", Lower("email"), condition=~Q(email=""), name="guest_once_at_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email=""), name="guest_erased_has_no_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)
