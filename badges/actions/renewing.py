from datetime import datetime

from django.db import transaction

from ..models import StatusList
from ..signing import Signer
from ..status_lists import both_forms, is_to_be_signed, places_refused


def renew_lists(*, by: Signer, now: datetime) -> int:
    """Every list says what is true now: which certificates were withdrawn or replaced. How many were signed."""
    numbers = StatusList.objects.values_list("number", flat=True)
    return sum(renew(number, by=by, now=now) for number in numbers)


@transaction.atomic
def renew(number: int, *, by: Signer, now: datetime) -> bool:
    """Under the list's lock: of two workers the later one writes what it read later."""
    one = locked(number)
    refused = places_refused(number)
    if not is_to_be_signed(one, refused, by, now):
        return False
    forms = both_forms(number, refused, by, now)
    one.refused, one.key, one.signed_at = refused, by.key, now
    one.document, one.token = forms["document"], forms["token"]
    one.save()
    return True


def locked(number: int) -> StatusList:
    return StatusList.objects.select_for_update().get(number=number)
