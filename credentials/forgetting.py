"""What is forgotten of a person who is erased: a certificate stays with its code, title, dates and host, and says no longer
whose it was (promise 9 of the design). Nothing written about the person stays with it."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.fields.json import JSONField

from accounts.models import User

from .models import Certificate, Nameless


def forget_person(person: User, now: datetime) -> None:
    of_person = Certificate.objects.filter(registration__person=person, erased_at=None)
    of_person.update(
        facts=CombinedExpression(F("facts"), "||", Value({"name": "", "granted": ""}, JSONField())),
        erased_at=now,
    )
    # A reason is no longer read by anybody; that there was one, a constraint holds.
    Certificate.objects.filter(registration__person=person).exclude(why_withdrawn="").update(
        why_withdrawn="…"
    )
    Certificate.objects.filter(registration__person=person).update(why_kept="")
    Nameless.objects.filter(registration__person=person).delete()
