"""Badges are given by the worker: the private key need not be where the pages are made."""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from credentials.models import Certificate
from credentials.models.certificate import CertificateQuerySet

from ..credential import credential_of
from ..due import without_badge
from ..models import Badge, StatusList
from ..signing import Signer, as_token, signed
from ..status_lists import address_of, both_forms, free_places, token_address_of

logger = logging.getLogger(__name__)

AT_ONCE = 50


@transaction.atomic
def give(*, by: Signer, now: datetime, leaving: Collection[int] = ()) -> tuple[int, list[int]]:
    """The next badges: how many were given, and the certificates of which none could be made. `leaving` are such, of before.

    The list's row is the lock: two workers at once give nobody two, and no place twice. Signing takes a while, so a
    certificate's row is locked after it only: nobody who corrects a name waits for it. What does not stand any more then,
    and what somebody works on, is left out: who is erased meanwhile leaves no name behind.
    """
    the_list = locked_list(by, now)
    due = without_badge().exclude(pk__in=leaving).order_by("issued_at", "pk")
    certificates = list(due.for_showing()[:AT_ONCE])
    places = free_places(the_list.number, len(certificates))
    if certificates and not places:
        the_list = new_list(by, now)
        places = free_places(the_list.number, len(certificates))
    badges = [
        Badge(certificate=certificate, status_list=the_list, place=place)
        for certificate, place in zip(certificates, places, strict=False)
    ]
    failed = sign_each(badges, by, now)
    made = still_standing([badge for badge in badges if badge.certificate_id not in failed])
    Badge.objects.bulk_create(made)
    return len(made), [*failed]


@transaction.atomic
def sign_anew(*, by: Signer, now: datetime, leaving: Collection[int] = ()) -> tuple[int, list[int]]:
    """Some badges that a leaked key had signed, by the key of now: answers as `give`, and locks as late."""
    locked_list(by, now)
    leaked = Badge.objects.standing().signed_by_leaked().exclude(document="").exclude(certificate__in=leaving)
    badges = list(
        leaked.select_related("certificate__registration__person")
        .select_related("certificate__registration__session__activity__host")
        .order_by("pk")[:AT_ONCE]
    )
    failed = sign_each(badges, by, now)
    made = still_standing([badge for badge in badges if badge.certificate_id not in failed])
    Badge.objects.bulk_update(made, ["key", "signed_at", "document", "token"])
    return len(made), [*failed]


def sign_each(badges: Iterable[Badge], by: Signer, now: datetime) -> set[int]:
    """The certificates of those that cannot be signed: they keep nobody else from theirs."""
    failed = set()
    for badge in badges:
        try:
            sign(badge, by, now)
        except Exception:
            logger.exception("The badge of certificate %s was not made.", badge.certificate_id)
            failed.add(badge.certificate_id)
    return failed


def still_standing(badges: Collection[Badge]) -> list[Badge]:
    """Those whose certificates stand now, which are locked. One on which somebody works has its turn the next time."""
    certificates = Certificate.objects.current().filter(erased_at=None)
    certificates = certificates.filter(pk__in=[badge.certificate_id for badge in badges])
    found = set(locking(certificates).values_list("pk", flat=True))
    return [badge for badge in badges if badge.certificate_id in found]


def locking(certificates: CertificateQuerySet) -> CertificateQuerySet:
    return certificates.select_for_update(of=("self",), no_key=True, skip_locked=True)


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
    newest = newest_after(0)
    if newest is None:
        StatusList.objects.get_or_create(number=1, defaults=fields_of_empty(1, by, now))
        newest = newest_after(0)
    assert newest is not None
    # Whoever held it meanwhile may have made the next.
    return newest_after(newest.number) or newest


def newest_after(number: int) -> StatusList | None:
    return StatusList.objects.select_for_update().filter(number__gt=number).order_by("-number").first()


def new_list(by: Signer, now: datetime) -> StatusList:
    """After the newest, whose row is locked."""
    number = StatusList.objects.order_by("-number").values_list("number", flat=True)[0] + 1
    return StatusList.objects.create(number=number, **fields_of_empty(number, by, now))


def fields_of_empty(number: int, by: Signer, now: datetime) -> dict[str, object]:
    """It can be asked for from the moment in which a badge names it."""
    return {"signed_at": now, "key": by.key, **both_forms(number, [], by, now)}
