"""The certificates of a person, on “My pages”."""

from datetime import datetime

from accounts.models import User
from accounts.my_pages import Section

from .models import Certificate

SHOWN = 3  # the rest is in the record


def my_certificates(person: User, now: datetime) -> Section | None:
    mine = Certificate.objects.current().filter(registration__person=person, erased_at=None)
    found = list(mine[: SHOWN + 1])
    return (
        Section("credentials/_my_pages.html", {"certificates": found[:SHOWN], "more": found[SHOWN:]})
        if found
        else None
    )
