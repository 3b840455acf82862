"""What waits for the person in this room: a new certificate, whose name they may still correct."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_pages import Thing

from .models import Certificate
from .models.certificate import TO_CORRECT

NEW = timedelta(days=14)


def look_at_the_certificate(person: User, now: datetime) -> Iterable[Thing]:
    new = Certificate.objects.current().filter(
        registration__person=person, erased_at=None, edition=1, issued_at__gt=now - NEW
    )
    for certificate in new:
        yield Thing(
            _("Your certificate for “%(title)s” is there. Look whether the name is right.")
            % {"title": certificate.said.title},
            _("Open the certificate"),
            certificate.get_absolute_url(),
            until=certificate.issued_at + TO_CORRECT,
        )
