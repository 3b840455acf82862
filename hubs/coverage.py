"""What is taught without a running agreement behind it. Told to staff, and nothing is blocked.

Hosts that teach under agreements are centers and hubs; the Secretariat General needs none with itself.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from .counting import related_model
from .delivered import Terms
from .models import Agreement, Host


def sessions_without_agreement(now: datetime) -> QuerySet[Any]:
    """Sessions to come, not called off, on whose first day their host has no signed agreement in force."""
    sessions = related_model("sessions")._default_manager.filter(
        activity__host__kind__in=Host.BOUND, cancelled_at=None, ends_at__gt=now
    )
    return sessions.filter(~Exists(covering())).select_related("activity__host")


def covering() -> QuerySet[Agreement]:
    """Of the session around it: the agreements of its host whose days, on the host's clock, hold its first."""
    signed = Agreement.objects.signed()
    days = Terms.of(signed)
    return signed.filter(
        LessThanOrEqual(days.begin("pk"), OuterRef("starts_at")),
        GreaterThan(days.end("pk"), OuterRef("starts_at")),
        host=OuterRef("activity__host"),
    )
