from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in, as every view is given unless it says otherwise. For type checking."""

    user: User


def person_of(request: HttpRequest) -> User:
    """Who is signed in, behind a door that lets in nobody else: there Django knows `request.user` as anybody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
