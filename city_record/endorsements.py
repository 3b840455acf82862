"""What this room brings to the page of a focal point: what their city learned last, and the way to all of it."""

from datetime import datetime

from accounts.models import Organization, User
from focal_points.page_parts import Part

from .words import numbers_in_words


def last_learned(person: User, organization: Organization, now: datetime) -> Part:
    last = numbers_in_words(organization).last
    return Part("learned", "city_record/_endorsements.html", {"city": organization, "last": last})
