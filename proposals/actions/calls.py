from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from page_cache import new_edition

from .. import errors, readers
from ..models import Call


@transaction.atomic
def close_call(*, call: Call, by: User, now: datetime | None = None) -> Call:
    """Close the call now. Who is writing has an hour more; who sends at this moment is in or out, never in between."""
    if not readers.decides(by):
        raise errors.NotYours
    locked = Call.objects.select_for_update().get(pk=call.pk)
    now = now or timezone.now()
    if locked.opens_at < now < locked.closes_at:
        locked.closes_at = now
        locked.save(update_fields=["closes_at"])
        new_edition()
    return locked
