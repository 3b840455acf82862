"""What is forgotten of a person who is erased: what rows of imports say of them. That a row was there stays."""

from datetime import datetime

from django.db.models import Q

from accounts.forgetting import emails_of
from accounts.models import User

from .actions.forgetting import EMPTY
from .models import Entry


def forget_person(person: User, now: datetime) -> None:
    """Under each of their addresses. A row that is still to be done says nobody any more, and is refused."""
    of_them = Q(registration__person=person) | Q(email__in=emails_of(person))
    of_them |= Q(of__kind="people", thing=person.pk)
    Entry.objects.filter(of_them).update(**EMPTY)
