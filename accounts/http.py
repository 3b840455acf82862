from django.http import HttpRequest

from .models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in, as every view is given unless it says otherwise. For type checking."""

    user: User
