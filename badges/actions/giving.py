"""Badges are given by the worker: the private key need not be where the pages are made."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from credentials.models.certificate import CertificateQuerySet

from ..credential import credential_of
from ..due import without_badge
from ..models import Badge, StatusList
from ..signing import Signer, as_token, signed
from ..status_lists import address_of, both_forms, free_places, token_address_of

logger = logging.getLogger(__name__)

AT_ONCE = 50


@transaction.atomic
def give(*, by: Signer, now: datetime, leaving: Iterable[int] = ()) -> tuple[int, list[int]]:
    """The next badges: how many were given, and the certificates of which none could be made. `leaving` are such, of before.

    The list's row is the lock: two workers at once give nobody two, and no place twice. A certificate's row is
    locked too, so that who is erased meanwhile leaves no name behind; one on which somebody works just then waits
    for the next time.
    """
    the_list = locked_list(by, now)
    due = without_badge().exclude(pk__in=leaving).order_by("issued_at", "pk")
    certificates = list(locking(due.for_showing())[:AT_ONCE])
    places = free_places(the_list.number, len(certificates))
    if certificates and not places:
        the_list = new_list(by, now)
        places = free_places(the_list.number, len(certificates))
    made, failed = [], []
    for certificate, place in zip(certificates, places, strict=False):
        badge = Badge(certificate=certificate, status_list=the_list, place=place)
        try:
            sign(badge, by, now)
        except Exception:
            # One whose words cannot be signed keeps nobody else from theirs.
            logger.exception("The badge of certificate %s was not made.", certificate.pk)
            failed.append(certificate.pk)
        else:
            made.append(badge)
    Badge.objects.bulk_create(made)
    return len(made), failed


@transaction.atomic
def sign_anew(*, by: Signer, now: datetime) -> int:
    """Some badges that a leaked key had signed, by the key of now. How many."""
    leaked = Badge.objects.standing().signed_by_leaked().exclude(document="")
    badges = list(
        leaked.select_related("certificate__registration__session__activity__host")
        .order_by("pk")
        .select_for_update(of=("self", "certificate"), skip_locked=True)[:AT_ONCE]
    )
    for badge in badges:
        sign(badge, by, now)
    Badge.objects.bulk_update(badges, ["key", "signed_at", "document", "token"])
    return len(badges)


def locking(certificates: CertificateQuerySet) -> CertificateQuerySet:
    return certificates.select_for_update(of=("self",), skip_locked=True)


def sign(badge: Badge, by: Signer, now: datetime) -> None:
    """In both forms, each of which names the list in its own form. Writes nothing down.

    Raises NotSigned.
    """
    certificate, number = badge.certificate, badge.status_list_id
    as_json = credential_of(certificate, status_list=address_of(number), place=badge.place)
    claims = credential_of(certificate, status_list=token_address_of(number), place=badge.place)
    badge.document, badge.token = signed(as_json, by, now), as_token(claims, by)
    badge.key, badge.signed_at = by.key, now


def locked_list(by: Signer, now: datetime) -> StatusList:
    """The newest list. The first is made when it is needed; two workers that make it at once make the same."""
    newest = StatusList.objects.select_for_update().order_by("-number").first()
    if newest is not None:
        return newest
    StatusList.objects.get_or_create(number=1, defaults=fields_of_empty(1, by, now))
    return StatusList.objects.select_for_update().get(number=1)


def new_list(by: Signer, now: datetime) -> StatusList:
    """After the newest, whose row is locked."""
    number = StatusList.objects.order_by("-number").values_list("number", flat=True)[0] + 1
    return StatusList.objects.create(number=number, **fields_of_empty(number, by, now))


def fields_of_empty(number: int, by: Signer, now: datetime) -> dict[str, object]:
    """It can be asked for from the moment in which a badge names it."""
    return {"signed_at": now, "key": by.key, **both_forms(number, [], by, now)}
