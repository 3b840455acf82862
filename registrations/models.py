import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Session
from desk.search import trigrams

from .states import STANDING, TAKING_PART, State
from .undisclosed import UndisclosedPerson

# No vowels, so no words; nothing that looks like something else.
CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> "RegistrationQuerySet":
        """Who takes part."""
        return self.filter(state__in=TAKING_PART)

    def held(self) -> "RegistrationQuerySet":
        """Who has a place as long as their city may still say that it knows them."""
        return self.filter(state=State.HELD)

    def waiting(self) -> "RegistrationQuerySet":
        """People waiting for a place, first come first."""
        return self.filter(state=State.WAITING).order_by("queued_at", "id")

    def standing(self) -> "RegistrationQuerySet":
        """Confirmed, held or waiting."""
        return self.filter(state__in=STANDING)


class Registration(models.Model):
    """One row for one person and one session for its whole life, whatever its state."""

    State = State

    class CancelledFor(models.TextChoices):
        PERSON = "person", _("by the person")
        STAFF = "staff", _("by staff")
        SESSION = "session", _("because the session was cancelled")
        ERASURE = "erasure", _("because the account was deleted")
        MERGED = "merged", _("because the person has the place by another account of theirs")

    class Ground(models.TextChoices):
        """Why staff may register somebody else (GDPR Art. 6(1)): the person's word, or the city's task."""

        ASKED = "asked", _("the person asked us to: by mail, by telephone or in the room")
        NAMED = "named", _("their organization named them, and told them so")
        CONTRACT = "contract", _("an agreement with their organization provides for it")

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    session = models.ForeignKey(
        Session, models.PROTECT, related_name="registrations", verbose_name=_("session")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="registrations",
        verbose_name=_("person"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    note = models.CharField(_("note to the host"), max_length=500, blank=True)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    queued_at = models.DateTimeField(_("in line since"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_for = models.CharField(_("why cancelled"), max_length=10, choices=CancelledFor, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    hold_until = models.DateTimeField(
        _("held until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("A place is held once: this stays when the time is over."),
    )
    over_places = models.BooleanField(
        _("beyond the places"),
        default=False,
        help_text=_("Let in by staff although all places were taken."),
    )
    ground = models.CharField(
        _("on what ground staff registered the person"),
        max_length=10,
        choices=Ground,
        blank=True,
        editable=False,
    )
    discloses = models.BooleanField(
        _("the host sees who it is"),
        default=True,
        editable=False,
        help_text=_("Somebody registered by staff by an address alone has to agree first."),
    )
    sequence = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Rises with each change of this registration that the person's calendar must follow."),
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        permissions = [("export_registration", _("May export registrations"))]
        ordering = ["queued_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="registration_once_per_person"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False) | ~Q(state="confirmed"),
                name="registration_confirmed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="held", hold_until__isnull=False) | ~Q(state="held"),
                name="registration_held_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancelled_for="")
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True, cancelled_for=""),
                name="registration_cancelled_says_when_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state", "queued_at", "id"], name="registration_line"),
            models.Index(fields=["person", "state"], name="registration_of_person"),
            models.Index(fields=["-registered_at", "-id"], name="registration_newest"),
            models.Index("hold_until", condition=Q(state="held"), name="registration_held_until"),
            trigrams("code", name="registration_words"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("me:registration", args=[self.code])

    @property
    def seen(self) -> User | UndisclosedPerson:
        """The person as far as the host sees them."""
        return self.person if self.discloses else UndisclosedPerson(self.person.email)

    @property
    def is_confirmed(self) -> bool:
        """Whether the person takes part."""
        return self.state in TAKING_PART

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_standing(self) -> bool:
        """Confirmed, held or waiting."""
        return self.state in STANDING

    @property
    def calendar_sequence(self) -> int:
        """SEQUENCE of this person's calendar entry (RFC 5545, 3.8.7.4). Both parts only rise, so their sum does."""
        return self.session.sequence + self.sequence


class Invitation(models.Model):
    """An e-mail address that may register for a session that is by invitation."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="invitations", verbose_name=_("session")
    )
    email = models.EmailField(_("e-mail address"))
    invited_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["email"]
        constraints = [models.UniqueConstraint("session", Lower("email"), name="invitation_once_per_address")]

    def __str__(self) -> str:
        return self.email

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs (or belonged)."""
        return {"session": self.session_id}
