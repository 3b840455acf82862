"""What is forgotten with a person: for whom they spoke."""

from datetime import datetime

from accounts.models import User

from .models import FocalPoint


def forget_person(person: User, now: datetime) -> None:
    FocalPoint.objects.filter(person=person).delete()
