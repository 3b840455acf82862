"""What waits for the person in this room: a new certificate, whose name they may still correct; one that lacks the name."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_pages import Thing

from .models import Certificate, Nameless
from .models.certificate import TO_CORRECT

NEW = timedelta(days=14)


def look_at_the_certificate(person: User, now: datetime) -> Iterable[Thing]:
    new = Certificate.objects.current().of(person).filter(erased_at=None, edition=1, issued_at__gt=now - NEW)
    for certificate in new:
        yield Thing(
            _("Your certificate for “%(title)s” is there. Look whether the name is right.")
            % {"title": certificate.said.title},
            _("Open the certificate"),
            certificate.get_absolute_url(),
            until=certificate.issued_at + TO_CORRECT,
        )


def say_what_is_missing(person: User, now: datetime) -> Iterable[Thing]:
    """The registration's page says what it is: a name, or the word that the host may know it."""
    waiting = Nameless.objects.filter(registration__person=person).exclude(
        Q(pk__in=Nameless.objects.named().filter(registration__person=person))
        | Q(registration__in=Certificate.objects.current().values("registration"))
    )
    for one in waiting.select_related("registration__session__activity"):
        yield Thing(
            _("Your certificate for “%(title)s” waits for your name.")
            % {"title": one.registration.session.activity.title},
            _("See what is missing"),
            one.registration.get_absolute_url(),
        )
