"""The name on a certificate: corrected by a new edition, and hidden or shown on the check page."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from texts.names import name_as_typed

from .. import errors, letters
from ..models import Certificate
from ..models.certificate import REST_OF_THE_DAY, TO_CORRECT
from .doors import Door, lock_certificate, next_edition


@transaction.atomic
def correct_name(
    *, certificate: Certificate, name: str, by: User, now: datetime | None = None
) -> Certificate:
    """A new edition with the name as it should be: all else as it was. The old code leads to it and says the old name no
    more. The person may for 30 days from the first edition on, staff whenever it is found.

    Raises NotCurrent, PersonWasErased, SameName, NameMissing, TooLateToCorrect.
    """
    name = name_as_typed(name)
    if not name:
        raise errors.NameMissing
    door = lock_certificate(certificate, now)
    before = door.certificate
    if name == before.said.name:
        raise errors.SameName
    if by == before.owner and not may_still_correct(before, door.now):
        raise errors.TooLateToCorrect
    return replaced(door, name=name, by=by)


def corrected_until(certificate: Certificate) -> datetime:
    """On which day the person may still correct the name, for the last time."""
    return certificate.first_issued_at() + TO_CORRECT


def may_still_correct(certificate: Certificate, now: datetime) -> bool:
    return now < corrected_until(certificate) + REST_OF_THE_DAY


def replaced(door: Door, *, name: str, by: User) -> Certificate:
    before = door.certificate
    before.replaced_at = door.now
    before.save(update_fields=["replaced_at"])
    after = Certificate.objects.create(
        registration=before.registration,
        kind=before.kind,
        edition=next_edition(before.registration, before.kind),
        facts=replace(before.said, name=name).as_json(),
        signature=before.signature,
        language=before.language,
        issued_at=door.now,
        issued_by=by,
        replaces=before,
        name_hidden=before.name_hidden,
        doubted_at=before.doubted_at,
        kept_at=before.kept_at,
        kept_by=before.kept_by,
        why_kept=before.why_kept,
    )
    letters.replaced(after, now=door.now)
    return after


@transaction.atomic
def show_name(*, certificate: Certificate, shown: bool, by: User, now: datetime | None = None) -> None:
    """Whether the check page says the name, or asks for it. It is the owner's to say, of a withdrawn one too.

    Raises NotCurrent where it was replaced, PersonWasErased.
    """
    door = lock_certificate(certificate, now, may_be_withdrawn=True)
    door.certificate.name_hidden = not shown
    door.certificate.save(update_fields=["name_hidden"])
