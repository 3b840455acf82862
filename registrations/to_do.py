"""What waits for the person in this room: whom staff registered says whether the host may see who it is."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_pages import Thing


def agree(person: User, now: datetime) -> Iterable[Thing]:
    asked = person.registrations.standing().filter(discloses=False, session__ends_at__gt=now)
    for registration in asked.select_related("session__activity"):
        yield Thing(
            _("The host registered you for “%(title)s” and does not see yet who you are.")
            % {"title": registration.session.activity.title},
            _("Look and decide"),
            registration.get_absolute_url(),
            until=registration.session.starts_at,
        )
