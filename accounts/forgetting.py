"""When an account is deleted, each room forgets what it holds of the person. Rooms say here that they want to be asked."""

from collections.abc import Callable
from datetime import datetime

from allauth.account.models import EmailAddress
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from .models import User

type Forget = Callable[[User, datetime], None]

_rooms: list[Forget] = []


def when_forgetting(forget: Forget) -> None:
    """From now on `forget(person, now)` is called, in the same transaction, before the person's own row is emptied."""
    if forget not in _rooms:
        _rooms.append(forget)


def emails_of(person: User) -> list[str]:
    """Every e-mail address that is or was the person's, in small letters. Not one that is somebody else's by now."""
    known = {
        person.email,
        *EmailAddress.objects.filter(user=person).values_list("email", flat=True),
        *person.former_addresses.values_list("email", flat=True),
    }
    lower = {email.lower() for email in known if email}
    taken = User.objects.exclude(pk=person.pk).filter(email__in=lower).values_list("email", flat=True)
    return sorted(lower - {email.lower() for email in taken})


def names_of(person: User) -> list[str]:
    """The person's name, and those before it that the history tells of."""
    told = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User),
        object_pk=str(person.pk),
        changes__has_key="name",
    ).values_list("changes__name", flat=True)
    return sorted(
        {name for name in [person.name, *(one for pair in told for one in pair)] if name and name != "None"}
    )


def forget_elsewhere(person: User, *, now: datetime) -> None:
    for forget in _rooms:
        forget(person, now)
