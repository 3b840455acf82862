"""What is forgotten of a person who is erased: that somebody was there stays, and says no longer who."""

from datetime import datetime

from django.db.models.functions import Lower

from accounts.forgetting import emails_of
from accounts.models import User

from .models import Attendance, Correction, Guest, Helper, Tap


def forget_person(person: User, now: datetime) -> None:
    """Figures are made from the rows that stay; what was written about the person, or by them, goes."""
    Attendance.objects.filter(registration__person=person).update(words="")
    Correction.objects.filter(registration__person=person).update(words="", answer="")
    Tap.objects.filter(registration__person=person).delete()
    emails = emails_of(person)
    Guest.objects.annotate(lower=Lower("email")).filter(lower__in=emails).update(
        name="", email="", erased_at=now
    )
    Helper.objects.annotate(lower=Lower("email")).filter(lower__in=emails).delete()
