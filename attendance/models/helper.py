"""Who may see a session's list and note attendance without being staff."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Session

# A helper sees the list from so long before the session to so long after it.
BEFORE, AFTER = timedelta(days=7), timedelta(days=14)


class HelperQuerySet(models.QuerySet["Helper"]):
    def named(self, person: User) -> "HelperQuerySet":
        """By an address that is proven to be the person's."""
        own = EmailAddress.objects.filter(user=person, verified=True).values(lower=Lower("email"))
        rows: HelperQuerySet = self.annotate(lower=Lower("email")).filter(lower__in=own)
        return rows


class Helper(models.Model):
    """A trainer or an assistant whom the host's staff named by e-mail for one session: an account may come later."""

    class Post(models.TextChoices):
        TRAINER = "trainer", _("trainer")
        ASSISTANT = "assistant", _("assistant")

    session = models.ForeignKey(Session, models.CASCADE, related_name="helpers", verbose_name=_("session"))
    email = models.EmailField(_("e-mail address"))
    post = models.CharField(_("helps as"), max_length=10, choices=Post, default=Post.ASSISTANT)
    named_at = models.DateTimeField(_("named"), default=timezone.now)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("named by"),
    )

    objects = HelperQuerySet.as_manager()

    class Meta:
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint("session", Lower("email"), name="helper_once_in_a_session"),
        ]

    def __str__(self) -> str:
        return self.email

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"session": self.session_id}
