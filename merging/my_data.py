"""What a person's download tells of accounts that were merged with theirs."""

from django.db.models import Q

from accounts.models import User

from .models import Merge, NotTheSame


def my_data(person: User) -> dict[str, object]:
    merges = Merge.objects.filter(Q(kept_person=person) | Q(gone_person=person))
    told_apart = NotTheSame.objects.filter(Q(first_person=person) | Q(second_person=person))
    return {
        "accounts_merged": list(merges.values("merged_at", "undone_at", "counts").order_by("pk")),
        "told_apart_from_another_at": list(told_apart.values_list("said_at", flat=True).order_by("pk")),
    }
