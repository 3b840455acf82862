"""What is taught without a running agreement behind it. Told to staff, and nothing is blocked.

Hosts that teach under agreements are centers and hubs; the Secretariat General needs none with itself.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.local_days import midnight

from .counting import related_model
from .duration import ONE_DAY
from .models import Agreement, Host

type Terms = dict[int, list[tuple[datetime, datetime]]]


def sessions_without_agreement(now: datetime, *, among: list[int] | None = None) -> Any:
    """Sessions to come, not called off, on whose first day their host has no signed agreement in force.

    `among` is the hosts that are meant. The agreements are few and are read first, in one statement. Where all hosts have
    one, nothing before the first end is looked at.
    """
    terms = terms_by_host()
    bound = set(Host.objects.filter(kind__in=Host.BOUND).values_list("pk", flat=True))
    if among is not None:
        bound &= set(among)
    sessions = related_model("sessions")._default_manager.filter(cancelled_at=None, ends_at__gt=now)
    bare = bound - set(terms)
    wanted = Q(activity__host__in=bare)
    for host in bound & set(terms):
        covered = Q()
        for begin, end in terms[host]:
            covered |= Q(starts_at__gte=begin, starts_at__lt=end)
        wanted |= Q(activity__host=host) & ~covered
    if not bare and bound:
        until = min(covered_until(terms[host], now) for host in bound)
        sessions = sessions.filter(Q(starts_at__lt=now) | Q(listed_at__gte=until))
    return sessions.filter(wanted).select_related("activity__host")


def terms_by_host() -> Terms:
    """From when to when, on the clock of each host: the midnight after the last day."""
    terms: Terms = defaultdict(list)
    rows = Agreement.objects.signed().order_by()
    for host, zone, first, last in rows.values_list("host", "host__timezone", "starts_on", "lasts_until"):
        terms[host].append((midnight(first, zone), midnight(last + ONE_DAY, zone)))
    return terms


def covered_until(terms: list[tuple[datetime, datetime]], now: datetime) -> datetime:
    """From now on without a gap."""
    until = now
    for begin, end in sorted(terms):
        if begin <= until < end:
            until = end
    return until
