"""What a person's download tells of where they are a focal point."""

from accounts.models import User

from .models import FocalPoint


def my_data(person: User) -> dict[str, object]:
    columns = ("organization__name", "since", "until", "ended_at", "end")
    return {"focal_point_of": list(FocalPoint.objects.filter(person=person).values(*columns).order_by("pk"))}
