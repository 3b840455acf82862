"""The same change to many registrations in one statement. Call it under their session's lock only."""

from collections.abc import Sequence
from copy import copy

from django.db.models import F

from desk.audit import note_changes

from ..models import Registration


def change_in_bulk(registrations: Sequence[Registration], **facts: object) -> None:
    """Give all of them these facts, in the database and in hand, and raise the `sequence` of each."""
    if not registrations:
        return
    before = [copy(registration) for registration in registrations]
    for registration in registrations:
        for name, value in facts.items():
            setattr(registration, name, value)
        registration.sequence += 1
    Registration.objects.filter(pk__in=[registration.pk for registration in registrations]).update(
        **facts, sequence=F("sequence") + 1
    )
    note_changes(zip(before, registrations, strict=True))
