"""Which notices about agreements are to come."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse

from accounts.models import User
from outbox.coming import Coming

from . import letters
from .notices import possibly_due, to_come, with_facts
from .scope import in_scope

# They are asked for each hour; at night they wait for the morning.
MORNING = time(8)


def foretell(person: User, now: datetime, until: datetime) -> Iterator[Coming]:
    """Within the person's hosts, on the host's clock."""
    if not person.has_perm("hubs.view_agreement"):
        return
    staff = letters.secretariat()
    for agreement in with_facts(in_scope(possibly_due(now), person, host="host"), now):
        for notice in to_come(agreement, now):
            at = datetime.combine(notice.on, MORNING, agreement.host.zone)
            if at <= until:
                address = reverse("admin:hubs_agreement_overview", args=[agreement.pk])
                yield Coming(at, notice.kind, len(letters.readers(agreement, staff)), str(agreement), address)
