"""What is forgotten of a person who is erased: that they were in the call stays, and says no longer who."""

from datetime import datetime

from django.db.models import Q

from accounts.forgetting import emails_of
from accounts.models import User

from .actions.forgetting import NAMELESS
from .models import Alias, Trace


def forget_person(person: User, now: datetime) -> None:
    """Under their addresses and under those that staff said were theirs."""
    own = Alias.objects.filter(person=person)
    emails = [*emails_of(person), *own.exclude(email="").values_list("email", flat=True)]
    traces = Trace.objects.filter(Q(registration__person=person) | Q(email__in=emails))
    # Nobody can say any more who it was: it waits for nobody.
    traces.filter(registration=None, how="", set_aside_at=None).update(set_aside_at=now)
    traces.update(**NAMELESS)
    # Also of somebody else, who once came with this person's address.
    Alias.objects.filter(Q(person=person) | Q(email__in=emails)).delete()
