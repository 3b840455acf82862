"""A certificate: facts that were frozen when it was issued, and what became of it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import clock_words
from accounts.models import User
from accounts.whose import accounts_of
from catalog.certificate_rule import Certificate as Kind
from registrations.models import Registration, new_code

from ..facts import Facts
from .signatory import Signature

# The person may correct the name so long after the first edition was issued; later staff do.
TO_CORRECT = timedelta(days=30)
# People are told the day, so the whole of it is in time, on every clock.
REST_OF_THE_DAY = timedelta(days=1)
KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.NONE]


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def current(self) -> "CertificateQuerySet":
        """Neither withdrawn nor replaced: of each registration and kind at most one."""
        return self.filter(withdrawn_at=None, replaced_at=None)

    def of(self, person: User) -> "CertificateQuerySet":
        """Theirs, those too that stayed with an account that was merged into theirs: both had one of a kind."""
        return self.filter(registration__person__in=accounts_of(person))

    def doubted(self) -> "CertificateQuerySet":
        """Attendance was corrected since, and staff have not decided yet."""
        return self.current().filter(doubted_at__isnull=False, kept_at=None, erased_at=None)

    def for_showing(self) -> "CertificateQuerySet":
        return self.select_related("registration__person", "registration__session__activity__host")


class Certificate(models.Model):
    """One edition of a certificate. It is withdrawn or replaced, never deleted; its facts never change (a trigger holds
    it), but for what says who it was when the person is erased."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="certificates", verbose_name=_("registration")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=KINDS)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    facts = models.JSONField(_("facts"))
    signature = models.ForeignKey(
        Signature, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signature")
    )
    # In which the document is written.
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    # None where the worker found that the rule was met.
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    why_withdrawn = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)
    # The owner's wish: who checks it types the name instead of reading it.
    name_hidden = models.BooleanField(_("name is hidden"), default=False)
    # By what was noted since, the rule is not met; nothing is withdrawn by itself.
    doubted_at = models.DateTimeField(_("doubted"), null=True, blank=True)
    kept_at = models.DateTimeField(_("kept"), null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kept by"),
    )
    why_kept = models.CharField(_("why it was kept"), max_length=500, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        permissions = [("issue_certificate", _("May issue, correct and withdraw certificates"))]
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="certificate_one_is_current",
            ),
            models.UniqueConstraint(
                fields=["registration", "kind", "edition"], name="certificate_edition_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, why_withdrawn="")
                | Q(withdrawn_at__isnull=False) & ~Q(why_withdrawn=""),
                name="certificate_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(replaced_at=None),
                name="certificate_withdrawn_or_replaced",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(edition__gt=1), name="certificate_first_replaces_none"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("credentials:certificate", args=[self.code])

    def get_additional_data(self) -> dict[str, object]:
        """For the history: where this belongs."""
        return {"session": self.registration.session_id}

    @property
    def said(self) -> Facts:
        """What it says."""
        facts: dict[str, Any] = self.facts
        return Facts(**facts)

    @property
    def owner(self) -> User:
        """Whose it is, and who is written to about it."""
        return self.registration.person.that_stands

    @property
    def issued_on(self) -> str:
        return self.day(self.issued_at)

    @property
    def withdrawn_on(self) -> str:
        return self.day(self.withdrawn_at) if self.withdrawn_at else ""

    @property
    def replaced_on(self) -> str:
        return self.day(self.replaced_at) if self.replaced_at else ""

    def day(self, at: datetime) -> str:
        """In words, on the host's clock."""
        return clock_words.day(at.astimezone(ZoneInfo(self.facts["zone"])))

    @property
    def code_in_groups(self) -> str:
        """As it is read and typed: “B2CD-F3GH-J4KM”."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    @property
    def is_current(self) -> bool:
        return self.withdrawn_at is None and self.replaced_at is None

    @property
    def is_valid(self) -> bool:
        """Current, and still somebody's."""
        return self.is_current and self.erased_at is None

    @property
    def is_doubted(self) -> bool:
        return self.is_valid and self.doubted_at is not None and self.kept_at is None

    @property
    def is_granted(self) -> bool:
        """By staff, not by the rule."""
        return bool(self.facts["granted"])

    def first_issued_at(self) -> datetime:
        """Of the chain of editions that this one ends: one query for each before it."""
        first = self
        while first.replaces:
            first = first.replaces
        return first.issued_at
