"""What is forgotten with a person: for whom they acted, and who said so."""

from datetime import datetime

from accounts.models import User

from .models import Claim


def forget_person(person: User, now: datetime) -> None:
    Claim.objects.filter(person=person).delete()
