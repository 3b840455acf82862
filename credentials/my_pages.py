"""The certificates of a person, on “My pages”: the newest first; all of them stand in the record."""

from datetime import datetime

from accounts.models import User
from accounts.my_pages import Section

from .models import Certificate

SHOWN = 5


def my_certificates(person: User, now: datetime) -> Section | None:
    mine = Certificate.objects.current().of(person).filter(erased_at=None).select_related("registration")
    found = list(mine[: SHOWN + 1])
    if not found:
        return None
    return Section("credentials/_my_pages.html", {"certificates": found[:SHOWN], "more": len(found) > SHOWN})
