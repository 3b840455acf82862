import secrets
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.country_field import CountryField
from accounts.zones import validate_zone
from desk.alphabet import Alphabetical
from desk.search import trigrams
from texts.names import NameField

from .organization import Organization


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address is the name they sign in with; it is proven by a code sent to it."""

    class Profile(models.TextChoices):
        TECHNICAL = "technical", _("technical")
        ELECTED = "elected", _("elected")

    email = models.EmailField(_("e-mail address"))
    name = NameField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("As the host should read it."),
    )
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organization"),
    )
    organization_other = models.CharField(_("another organization"), max_length=200, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    profile = models.CharField(_("profile"), max_length=10, choices=Profile, blank=True)
    country = CountryField(_("country"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    timezone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    reminders = models.BooleanField(
        _("is reminded by e-mail"),
        default=True,
        db_default=True,
        help_text=_("Before sessions. Changes, and the link to join, are told to everybody."),
    )
    quiet_hours = models.BooleanField(
        _("keeps quiet hours"),
        default=True,
        db_default=True,
        help_text=_("Letters that can wait come between 8:00 and 21:00 by the person’s clock."),
    )
    calendar_secret = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
        help_text=_("The account that stays of the two that this person had."),
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [("give_role", _("May give people their roles"))]
        ordering = [Alphabetical("name"), "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]
        indexes = [
            models.Index(Alphabetical("name"), "email", name="user_by_name"),
            trigrams("name", "email", "organization_other", name="user_words"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "User":
        person = super().from_db(*args, **kwargs)
        person.email_as_read = person.__dict__.get("email", "")
        return person

    def save(self, *args: Any, **kwargs: Any) -> None:
        """However the e-mail address is changed, the one before is remembered: what was written to it is still theirs."""
        before = getattr(self, "email_as_read", "")
        super().save(*args, **kwargs)
        written = kwargs.get("update_fields") is None or "email" in kwargs["update_fields"]
        if before and written and before.lower() != self.email.lower():
            self.former_addresses.get_or_create(email=before.lower())
        if written:
            self.email_as_read = self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email

    @property
    def has_profile(self) -> bool:
        """Whether the short form is filled that a registration needs."""
        acts_for = self.organization_id or self.organization_other
        return bool(self.name and self.post and self.profile and self.country and self.timezone and acts_for)

    @cached_property
    def second_factors(self) -> frozenset[str]:
        """Their kinds. A page of the desk asks several times; the next page asks anew."""
        from allauth.mfa.models import Authenticator

        return frozenset(Authenticator.objects.filter(user=self).values_list("type", flat=True))

    @property
    def that_stands(self) -> "User":
        """Themselves; of an account that was merged the one that stays, also by way of others."""
        person = self
        while person.merged_into is not None:
            person = person.merged_into
        return person

    def all_merged(self) -> list["User"]:
        """The accounts that were merged into this one, by way of others too; each after those that were merged into it."""
        ones = self.merged_from.order_by("pk")
        return [each for one in ones for each in (*one.all_merged(), one)]

    @property
    def organization_name(self) -> str:
        return self.organization.name if self.organization else self.organization_other

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone or "UTC")


def new_calendar_secret() -> str:
    return secrets.token_urlsafe(32)
