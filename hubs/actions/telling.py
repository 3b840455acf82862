"""Who hears of a change, and that what the public sees is made anew."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from page_cache import new_edition

from .. import letters, notices
from ..models import Agreement


def after_change(*, agreement: Agreement, now: datetime | None = None) -> int:
    """Once an agreement or what belongs to it was changed: what is due now is told at once, pages are made anew.

    Answers how many notices were written.
    """
    new_edition()
    if not agreement.is_signed:
        return 0
    return notices.write_due(agreement.pk, now=now or timezone.now())


def write_to_readers(agreement: Agreement, write: Callable[..., object], *, now: datetime) -> None:
    for reader in letters.readers(agreement, letters.secretariat()):
        write(agreement, reader, now=now)
