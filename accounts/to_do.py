"""What waits for the person in this room: who one is, said once."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import User
from .my_pages import Thing


def fill_in_the_profile(person: User, now: datetime) -> Iterable[Thing]:
    if not person.has_profile:
        yield Thing(
            _("Before the first registration we ask who you are, in one short form."),
            _("Fill in your profile"),
            reverse("accounts:profile"),
        )
