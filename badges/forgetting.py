"""What is forgotten of a person who is erased: the signed forms, which say the name. The place in the list stays, so
that a badge which the person holds can still be checked."""

from datetime import datetime

from accounts.models import User
from credentials.models import Certificate

from .models import Badge


def forget_person(person: User, now: datetime) -> None:
    wait_for_signing(person)
    Badge.objects.filter(certificate__registration__person=person).update(document="", token="")


def wait_for_signing(person: User) -> None:
    """A badge that is being signed holds its certificate: whoever comes later finds it written."""
    of_person = Certificate.objects.filter(registration__person=person).order_by("pk")
    list(of_person.select_for_update(of=("self",)).values_list("pk"))
