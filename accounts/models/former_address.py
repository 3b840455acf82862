from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User


class FormerAddress(models.Model):
    """An e-mail address that was a person's own: what was written to it, or under it, is theirs until they are erased."""

    person = models.ForeignKey(
        User, models.CASCADE, related_name="former_addresses", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail address"), db_index=True)
    until = models.DateTimeField(_("until"), default=timezone.now)

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return self.email
