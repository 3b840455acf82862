from datetime import datetime

from django.db import transaction

from .. import errors
from ..models import IssuerKey


@transaction.atomic
def leaked(*, name: str, now: datetime) -> int:
    """From now on nothing that the key signed counts. How many badges that stand will be signed anew by another.

    Raises NoSuchKey, LeakedAlready.
    """
    keys = IssuerKey.objects.select_for_update().order_by("pk")
    key = next((one for one in keys if one.name == name), None)
    if key is None:
        raise errors.NoSuchKey
    if key.leaked_at:
        raise errors.LeakedAlready
    key.leaked_at = now
    key.save(update_fields=["leaked_at"])
    return key.badges.standing().exclude(document="").count()
