"""How a certificate stands, in a word; what the list is filtered by."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..check_page import standing_of as as_checked
from ..models import Certificate


class Standing(TextChoices):
    VALID = "valid", _("valid")
    DOUBTED = "doubted", _("doubted: decide about it")
    REPLACED = "replaced", _("replaced by a new edition")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ERASED = "erased", _("erased at the person’s wish")


TONES = {Standing.VALID: "good", Standing.DOUBTED: "warning", Standing.WITHDRAWN: "bad"}

CURRENT = Q(withdrawn_at=None, replaced_at=None, erased_at=None)
DOUBTED = Q(doubted_at__isnull=False, kept_at=None)
ROWS = {
    Standing.VALID: CURRENT & ~DOUBTED,
    Standing.DOUBTED: CURRENT & DOUBTED,
    Standing.REPLACED: Q(replaced_at__isnull=False),
    Standing.WITHDRAWN: Q(withdrawn_at__isnull=False),
    Standing.ERASED: Q(withdrawn_at=None, replaced_at=None, erased_at__isnull=False),
}


def standing_of(certificate: Certificate) -> Standing:
    """As whoever checks it is told; and that it is doubted, which is the desk's alone to know."""
    return Standing.DOUBTED if certificate.is_doubted else Standing(as_checked(certificate).value)


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [(standing.value, str(standing.label)) for standing in Standing]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        value = self.value()
        return queryset.filter(ROWS[Standing(value)]) if value and value in Standing else queryset
