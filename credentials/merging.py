"""What becomes of certificates when two people are merged who were both registered for one session. All stay valid, each
under its code. None is written twice: where both have one of a kind, the other's stays where it is."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from merging.moving import Moving
from merging.parts import Line, Part
from one_place.pairs import pairs_of

from .models import Certificate, Nameless


def outlook(kept: User, gone: User) -> list[Line]:
    of_gone = Certificate.objects.current().filter(registration__person=gone, erased_at=None)
    return [Line(_("certificates, with their badges"), of_gone.count())]


def move(moving: Moving[User]) -> None:
    for pair in pairs_of(moving.kept, moving.gone):
        has = set(Certificate.objects.filter(registration=pair.stays).values_list("kind", flat=True))
        for certificate in (
            Certificate.objects.filter(registration=pair.goes).exclude(kind__in=has).order_by("pk")
        ):
            moving.set(certificate, "registration", pair.stays)
        for nameless in Nameless.objects.filter(registration=pair.goes):
            if not has and not Nameless.objects.filter(registration=pair.stays).exists():
                moving.set(nameless, "registration", pair.stays)


OF_CERTIFICATES = Part(covers=(Certificate, Nameless), outlook=outlook, move=move)
