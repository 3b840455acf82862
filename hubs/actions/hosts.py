"""What a host shows of its research, and what visitors write to it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from page_cache import new_edition

from .. import letters
from ..models import Host, ResearchWork


@transaction.atomic
def add_research_work(
    *, host: Host, by: User | None, now: datetime | None = None, **facts: Any
) -> ResearchWork:
    work = ResearchWork.objects.create(host=host, added_at=now or timezone.now(), **facts)
    new_edition()
    return work


@transaction.atomic
def send_message(
    *, host: Host, sender: str, sender_email: str, text: str, occurrence: str, now: datetime | None = None
) -> int:
    """What a visitor writes to a host. Answers the number of letters; the same `occurrence` is sent once."""
    sent = [
        letters.message(
            host,
            reader,
            sender=sender,
            sender_address=sender_email,
            text=text,
            occurrence=occurrence,
            now=now or timezone.now(),
        )
        for reader in letters.readers_of_messages(host)
    ]
    return len([letter for letter in sent if letter])
