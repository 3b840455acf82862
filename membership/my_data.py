"""What a person's download tells of for whom they act."""

from accounts.models import User

from .models import Claim

COLUMNS = (
    *(
        "organization__name",
        "claimed_at",
        "confirmed_at",
        "confirmed_until",
        "ground",
        "email",
        "ended_at",
        "end",
    ),
)


def my_data(person: User) -> dict[str, object]:
    return {"claims": list(Claim.objects.filter(person=person).values(*COLUMNS).order_by("pk"))}
