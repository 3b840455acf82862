"""When the first meeting of an accepted proposal could be."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from desk.clock import in_zone
from hubs.models import Host
from proposals.models import Proposal

USUAL_HOUR = 10
TO_ANNOUNCE = timedelta(weeks=4)  # people in other cities hear of it, register, and ask their offices


def usual_start(proposal: Proposal, host: Host | None) -> datetime | None:
    """What stands in the field at first: the first Tuesday in a month wished for that leaves time to announce it, at ten on
    the host's clock. Empty when no month wished for leaves that time: then a person chooses."""
    today = timezone.now().astimezone(host.zone if host else ZoneInfo("UTC")).replace(tzinfo=None)
    revision = proposal.revisions.last()
    for text in sorted((revision.content.get("months") if revision else None) or []):
        first = datetime.strptime(f"{text}-01 {USUAL_HOUR}", "%Y-%m-%d %H")
        earliest = max(first, datetime.combine((today + TO_ANNOUNCE).date(), first.time()))
        tuesday = earliest + timedelta(days=(1 - earliest.weekday()) % 7)
        if (tuesday.year, tuesday.month) == (first.year, first.month):
            return tuesday
    return None


def in_host_zone(typed: datetime | None, host: Host | None) -> datetime | None:
    """What was typed is what the clock on the host's wall shows."""
    if typed is None or host is None:
        return None
    return in_zone(timezone.make_naive(typed) if timezone.is_aware(typed) else typed, host.zone)
