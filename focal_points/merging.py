"""What becomes of focal points when two people, or two organizations, are merged."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from merging.moving import Moving
from merging.parts import Line, Part, lock_rows

from .models import FocalPoint


def of_person(kept: User, gone: User) -> QuerySet[FocalPoint]:
    """Not where the one that stays is a focal point, too: of one person and organization one row stands."""
    same = FocalPoint.objects.standing().filter(person=kept, organization=OuterRef("organization"))
    return FocalPoint.objects.filter(person=gone).exclude(Exists(same), ended_at=None)


def of_organization(kept: Organization, gone: Organization) -> QuerySet[FocalPoint]:
    same = FocalPoint.objects.standing().filter(organization=kept, person=OuterRef("person"))
    return FocalPoint.objects.filter(organization=gone).exclude(Exists(same), ended_at=None)


def move_to_person(moving: Moving[User]) -> None:
    moving.move_rows(of_person(moving.kept, moving.gone), "person")


def move_to_organization(moving: Moving[Organization]) -> None:
    moving.move_rows(of_organization(moving.kept, moving.gone), "organization")


OF_PEOPLE = Part(
    covers=(FocalPoint,),
    outlook=lambda kept, gone: [
        Line(_("organizations they are a focal point of"), of_person(kept, gone).count())
    ],
    lock=lambda kept, gone: lock_rows(of_person(kept, gone)),
    move=move_to_person,
)
OF_ORGANIZATIONS = Part(
    covers=(FocalPoint,),
    outlook=lambda kept, gone: [Line(_("focal points"), of_organization(kept, gone).count())],
    lock=lambda kept, gone: lock_rows(of_organization(kept, gone)),
    move=move_to_organization,
)
