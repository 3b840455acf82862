"""The lists that say which badges no longer count (Bitstring Status List 1.0). They tell no name and no code."""

import random
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from openbadgeslib.ob3 import build_status_list_credential

from outbox.links import link_to

from .issuer import did
from .models import KEPT_FOR, PLACES, SIGNED_ANEW_AFTER, Badge, StatusList
from .signing import Signer, as_token, signed

# Who kept a list may go on believing it so long.
USED_FOR = timedelta(days=14)

# By chance that nobody can foretell.
_chance = random.SystemRandom()


def address_of(number: int) -> str:
    return link_to("badges:status_list", number)


def token_address_of(number: int) -> str:
    return link_to("badges:status_list_token", number)


def places_refused(number: int) -> list[int]:
    """Of certificates that were withdrawn or replaced, in order. An erased person's stands: it is theirs to show."""
    no_longer = Q(certificate__withdrawn_at__isnull=False) | Q(certificate__replaced_at__isnull=False)
    badges = Badge.objects.filter(no_longer, status_list=number)
    return list(badges.order_by("place").values_list("place", flat=True))


def free_places(number: int, count: int) -> list[int]:
    """As many places of the list as are asked for, or as are left, by chance."""
    taken = set(Badge.objects.filter(status_list=number).values_list("place", flat=True))
    free = [place for place in range(PLACES) if place not in taken]
    return _chance.sample(free, min(count, len(free)))


def both_forms(number: int, refused: Collection[int], by: Signer, now: datetime) -> dict[str, str]:
    return {
        "document": signed(list_credential(address_of(number), refused, now), by, now),
        "token": as_token(list_credential(token_address_of(number), refused, now), by),
    }


def list_credential(address: str, refused: Collection[int], now: datetime) -> dict[str, Any]:
    return build_status_list_credential(
        did(),
        address,
        "revocation",
        refused,
        PLACES,
        issued=now,
        valid_until=now + USED_FOR,
        ttl=int(KEPT_FOR / timedelta(milliseconds=1)),
    )


def is_to_be_signed(one: StatusList, refused: Collection[int], by: Signer, now: datetime) -> bool:
    return one.refused != refused or one.key_id != by.key.pk or now - one.signed_at >= SIGNED_ANEW_AFTER
