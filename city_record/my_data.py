"""What a person's download tells of the organizations for which they learned."""

from accounts.models import User

from .models import Belonging

COLUMNS = ("registration__code", "organization__name", "noted_at", "confirmed_at", "counted_at")


def my_data(person: User) -> dict[str, object]:
    mine = Belonging.objects.filter(registration__person=person)
    return {"learned_for_organizations": list(mine.values(*COLUMNS).order_by("pk"))}
