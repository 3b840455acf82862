"""What of merges is forgotten with a person."""

from datetime import datetime

from django.db.models import Q

from accounts.models import User

from .models import LikelyDouble, Merge, NotTheSame


def forget_person(person: User, now: datetime) -> None:
    """That accounts were merged, with what was moved of them; and that somebody told them apart. An undo would bring back
    what is to be forgotten, so there is none any more."""
    Merge.objects.filter(Q(kept_person=person) | Q(gone_person=person)).delete()
    for pairs in (LikelyDouble.objects, NotTheSame.objects):
        pairs.filter(Q(first_person=person) | Q(second_person=person)).delete()
