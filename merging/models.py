"""That two rows were one and the same: which stayed, and what was moved to it, so that it can be given back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User

UNDO_FOR = timedelta(days=30)


def two_of_a_kind(one: str, other: str) -> Q:
    """Two people and no organization, or two organizations and no person."""

    def two(kind: str) -> Q:
        names = f"{one}_{kind}", f"{other}_{kind}"
        return Q(**{f"{name}__isnull": False for name in names}) & ~Q(**{names[0]: F(names[1])})

    def none(kind: str) -> Q:
        return Q(**{f"{one}_{kind}": None, f"{other}_{kind}": None})

    return (two("person") & none("organization")) | (two("organization") & none("person"))


class Merge(models.Model):
    """`gone` is `kept` from now on. Its row stays, hidden, and leads there."""

    kept_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("stays")
    )
    gone_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("goes")
    )
    kept_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("stays")
    )
    gone_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("goes")
    )
    # How many rows were moved, by the column that says whose they are: what was moved is forgotten after a time.
    counts = models.JSONField(default=dict)
    merged_at = models.DateTimeField(_("merged"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]
        permissions = [
            ("merge_organization", _("May merge two organizations into one")),
            ("merge_person", _("May merge two people into one")),
        ]
        constraints = [
            models.CheckConstraint(condition=two_of_a_kind("kept", "gone"), name="merge_of_two_of_a_kind"),
            models.UniqueConstraint(
                fields=["gone_person"], condition=Q(undone_at=None), name="merge_person_goes_once"
            ),
            models.UniqueConstraint(
                fields=["gone_organization"], condition=Q(undone_at=None), name="merge_organization_goes_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_called} → {self.kept}"

    def get_absolute_url(self) -> str:
        return reverse("admin:merging_merge_change", args=[self.pk])

    @property
    def kept(self) -> User | Organization:
        kept = self.kept_person or self.kept_organization
        assert kept
        return kept

    @property
    def gone(self) -> User | Organization:
        gone = self.gone_person or self.gone_organization
        assert gone
        return gone

    @property
    def gone_called(self) -> str:
        """Of an account without a name: by the address that it had, as long as that is remembered."""
        if self.gone_person is None or self.gone_person.name:
            return str(self.gone)
        freed = self.moved.filter(
            content_type__model="user", object_pk=str(self.gone_person_id), field="email"
        )
        return str(freed.values_list("before", flat=True).first() or self.gone)

    @property
    def undo_until(self) -> datetime:
        return self.merged_at + UNDO_FOR


class MovedRow(models.Model):
    """One column of one row, as it was before the merge and as the merge left it. Without a column: a row that it made."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    field = models.CharField(max_length=100, blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    # When the merge was undone, it did not stand any more as it had been moved, and was left.
    was_left = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.content_type_id}.{self.field} {self.object_pk}"


class LikelyDouble(models.Model):
    """Two who seem to be one: found each hour (`doubles.py`), gone when they do not seem so any more.

    Of the two the one with the lower number is the first.
    """

    class Why(models.TextChoices):
        EMAIL = "email", _("the same e-mail address, written otherwise")
        FORMER_EMAIL = "former_email", _("the address of one was the other’s before")
        NAME = "name", _("the same name, in the same organization")
        CITY = "city", _("the same name, in the same country")

    first_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    second_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    first_organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    second_organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    why = models.CharField(_("why"), max_length=20, choices=Why)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=two_of_a_kind("first", "second"), name="likely_double_two_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["first_person", "second_person"], name="likely_double_person_once"
            ),
            models.UniqueConstraint(
                fields=["first_organization", "second_organization"], name="likely_double_organization_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}"

    @property
    def noun(self) -> str:
        """Of its kind (`kinds.py`)."""
        return "person" if self.first_person_id else "organization"

    @property
    def first(self) -> User | Organization | None:
        return self.first_person or self.first_organization

    @property
    def second(self) -> User | Organization | None:
        return self.second_person or self.second_organization


class NotTheSame(models.Model):
    """Somebody looked at two who seem to be one, and said that they are not. Of the two the one with the lower number is
    the first."""

    first_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    second_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    first_organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    second_organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    said_at = models.DateTimeField(_("said"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("said by")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=two_of_a_kind("first", "second"), name="not_the_same_two_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(first_person__lt=F("second_person"))
                | Q(first_organization__lt=F("second_organization")),
                name="not_the_same_in_order",
            ),
            models.UniqueConstraint(
                fields=["first_person", "second_person"], name="not_the_same_person_once"
            ),
            models.UniqueConstraint(
                fields=["first_organization", "second_organization"], name="not_the_same_organization_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_person or self.first_organization} ≠ {self.second_person or self.second_organization}"
