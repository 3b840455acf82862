"""How many codes go to an e-mail address, and how often one may be guessed.

Both are counted in PostgreSQL, so that no full or absent cache forgets them: letters under a lock of the e-mail address,
tries by one statement that counts before anybody looks. Addresses and codes are kept as digests only.
"""

import ipaddress
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from outbox.models import Letter
from texts.refusals import Refused

from .models import CodeAsked, CodeTries

logger = logging.getLogger("station.sign_in")

MOST_TRIES = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
KEPT_FOR = timedelta(days=1)
LOCK = 0x636F6465  # “code”: the first half of PostgreSQL's advisory lock on an e-mail address


@dataclass(frozen=True)
class Limit:
    most: int
    within: timedelta


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# One person in front of one screen. A stranger elsewhere who asks for codes to somebody's address uses up their own.
EMAIL_FROM_HERE = (Limit(3, MINUTE), Limit(6, HOUR), Limit(12, DAY))
# What a mailbox gets at most, wherever they are asked for.
EMAIL = (Limit(12, HOUR), Limit(24, DAY))
# A training room of sixty behind one IP address, each asking twice; a city hall in a day.
NETWORK = (Limit(150, MINUTE), Limit(600, HOUR), Limit(3000, DAY))


class TooManyCodes(Refused):
    """One more code would be one too many. `sentence` says why and for how long."""

    def __init__(self, why: str | Promise, wait: timedelta):
        self.why, self.wait = why, wait

    @property
    def sentence(self) -> str:
        return f"{self.why} {wait_sentence(self.wait)}"


def wait_sentence(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    if minutes <= 90:
        return ngettext(
            "You can ask again in %(count)s minute.", "You can ask again in %(count)s minutes.", minutes
        ) % {"count": minutes}
    hours = -(-minutes // 60)
    return ngettext(
        "You can ask again in %(count)s hour.", "You can ask again in %(count)s hours.", hours
    ) % {"count": hours}


@transaction.atomic
def count_code(request: HttpRequest, email: str, *, now: datetime) -> None:
    """Count one code more for this e-mail address, from where the request comes. Raises TooManyCodes for one too many."""
    email_digest, network = digest("address", email.lower()), digest("network", network_of(request))
    wait_for_turn(email_digest)
    of_email = CodeAsked.objects.filter(address=email_digest)
    wait = longest_wait(
        (
            (of_email.filter(network=network), EMAIL_FROM_HERE),
            (of_email, EMAIL),
        ),
        now,
    )
    if wait:
        logger.warning("too many codes asked for one address from %s", masked(request))
        raise TooManyCodes(
            _("Several codes were asked for this address already; the newest is the one that is good."), wait
        )
    wait = longest_wait(((CodeAsked.objects.filter(network=network), NETWORK),), now)
    if wait:
        logger.warning("too many codes asked from %s", masked(request))
        raise TooManyCodes(
            _("Very many codes were asked from your network, perhaps by people around you."), wait
        )
    CodeAsked.objects.create(address=email_digest, network=network, at=now)


def wait_for_turn(email_digest: str) -> None:
    """Who asks for codes to the same e-mail address does so one after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, int(email_digest[:8], 16) - 2**31])


def longest_wait(
    counts: Iterable[tuple[QuerySet[CodeAsked], Iterable[Limit]]], now: datetime
) -> timedelta | None:
    """How long until every limit has room for one more; None when all have it now."""
    waits = []
    for asked, limits in counts:
        for limit in limits:
            # With so many within the time, the oldest of them has to fall out of it first.
            oldest = (
                asked.filter(at__gt=now - limit.within)
                .order_by("-at")
                .values_list("at", flat=True)[limit.most - 1 : limit.most]
            )
            waits += [at + limit.within - now for at in oldest]
    return max(waits, default=None)


def may_try(code: str, *, for_whom: str) -> bool:
    """Count one try of this code, before it is looked at. False when it was tried as often as it may be.

    `code` is the one we sent, `for_whom` the address it went to. However many try at once, so many look and no more.
    """
    key = digest("code", f"{for_whom.lower()} {code}")
    CodeTries.objects.get_or_create(code=key)
    left = CodeTries.objects.filter(code=key, tries__lt=MOST_TRIES)
    return left.update(tries=F("tries") + 1) == 1


def sweep(*, now: datetime) -> None:
    """Forget what no limit asks for any more."""
    CodeAsked.objects.filter(at__lt=now - KEPT_FOR).delete()
    CodeTries.objects.filter(since__lt=now - KEPT_FOR).delete()
    # To addresses that stayed unproven: the text is gone once it was sent, and the address goes now.
    Letter.objects.filter(person=None, kind="sign_in_code", written_at__lt=now - KEPT_FOR).delete()


def digest(purpose: str, value: str) -> str:
    return salted_hmac(f"accounts.codes.{purpose}", value, algorithm="sha256").hexdigest()


def masked(request: HttpRequest) -> str:
    """The network for a line of the log: “192.0.2.0/24”, “2001:db8:7::/48”; as the proxy's log has it."""
    try:
        ip = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied):
        return "a local socket"
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def network_of(request: HttpRequest) -> str:
    """The IP address the request comes from; of IPv6 the half that names the line, as one house has all of it."""
    try:
        ip = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied):
        return ""  # behind a local socket: one network
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((ip, 64), strict=False).network_address)
    return str(ip)
