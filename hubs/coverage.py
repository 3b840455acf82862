"""What is taught without a running agreement behind it. Told to staff, and nothing is blocked.

Hosts that teach under agreements are centers and hubs; the Secretariat General needs none with itself.
"""

from datetime import datetime
from typing import Any

from django.db.models import DateField, Exists, F, Func, OuterRef, QuerySet
from django.db.models.functions import Cast

from .delivered import WallTimeField, related
from .models import Agreement, Host


def sessions_without_agreement(now: datetime) -> QuerySet[Any]:
    """Sessions to come, not called off, on whose first day their host has no signed agreement in force."""
    sessions = related("sessions").objects.filter(
        activity__host__kind__in=Host.BOUND, cancelled_at=None, ends_at__gt=now
    )
    return sessions.alias(day=first_day()).filter(~Exists(covering())).select_related("activity__host")


def first_day() -> Cast:
    """Of a session, on its host's clock."""
    there = Func(
        F("activity__host__timezone"), F("starts_at"), function="timezone", output_field=WallTimeField()
    )
    return Cast(there, DateField())


def covering() -> QuerySet[Agreement]:
    return Agreement.objects.signed().filter(
        host=OuterRef("activity__host"), starts_on__lte=OuterRef("day"), lasts_until__gte=OuterRef("day")
    )
