"""How often something may be asked. Codes to sign in are counted in PostgreSQL instead (accounts/codes.py).

django-allauth counts, as it does for its own pages: in the cache, within the time before now, by the network that its
adapter tells behind proxies. While the cache is away each process counts for itself (COUNTED of CACHES in the settings).

Its public `allauth.core.ratelimit.consume` passes over every GET and knows no limits but those of ACCOUNT_RATE_LIMITS, and
a note in it says that it will go. So the function behind it is used, here alone. It is private: a new version of allauth
may move it, and tests/accounts/test_limits.py then fails. django-ratelimit would let twice as many through at the turn of
an hour: its windows are fixed.
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def one_too_many(request: HttpRequest, kind: str, limit: str, *, key: str = "", counts: bool = True) -> bool:
    """Counts this request, whatever its method, as one more of its `kind`, and answers whether it is one too many. One that
    does not count is only asked about: where those that fail count alone, the door asks first and they are counted after.

    `kind` is "room.noun". `limit` names one or several: "300/h/ip,4/h/key" is 300 in an hour of one network, 4 of one `key`.
    """
    room, _dot, noun = kind.partition(".")
    usage = ratelimit.consume(
        request,
        app=room,
        action=noun,
        key=key or None,
        config={noun: limit},
        limit_get=True,
        dry_run=not counts,
    )
    return usage is None
