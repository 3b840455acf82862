"""What each decision on an agreement begins with: who may, the locked row, and the reason that stays with it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User

from .. import errors
from ..models import Agreement, Host


def require_to_decide(by: User) -> None:
    if not by.has_perm("hubs.decide_agreement"):
        raise PermissionDenied


def lock(agreement: Agreement) -> Agreement:
    """Hold the row until the transaction ends, and know its newest state.

    The host's row comes first: two agreements of one host are then decided one after the other.
    """
    Host.objects.select_for_update().get(pk=agreement.host_id)
    return Agreement.objects.for_reading().select_for_update(of=("self",)).get(pk=agreement.pk)


def refuse_overlap(agreement: Agreement, first: date, last: date) -> None:
    others = Agreement.objects.signed().filter(
        host=agreement.host, starts_on__lte=last, lasts_until__gte=first
    )
    other = others.exclude(pk=agreement.pk).order_by("starts_on").first()
    if other:
        raise errors.OtherAgreement(other.starts_on, other.last_day)


def save(agreement: Agreement, *fields: str) -> None:
    """The database has the last word on two agreements at a time."""
    try:
        with transaction.atomic():
            agreement.save(update_fields=fields)
    except IntegrityError as error:
        if "agreement_one_at_a_time" in str(error):
            raise errors.OtherAgreement from error
        raise


def required_reason(reason: str) -> str:
    if not reason.strip():
        raise errors.SaysNoReason
    return reason.strip()
