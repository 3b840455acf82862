"""The lists at which somebody helps, on “My pages”: while they may see them."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.my_pages import Section
from catalog.models import Session

from .models import Helper
from .models.helper import AFTER, BEFORE


def lists_at_which_i_help(person: User, now: datetime) -> Section | None:
    named = Helper.objects.named(person).filter(session=OuterRef("pk"))
    sessions = (
        Session.objects.filter(Exists(named), starts_at__lte=now + BEFORE, ends_at__gt=now - AFTER)
        .select_related("activity__host")
        .prefetch_related("meetings")
        .order_by("starts_at", "pk")
    )
    found = list(sessions)
    return Section("attendance/_my_pages.html", {"helped": found}) if found else None
