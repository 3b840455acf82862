"""What becomes of claims when two people, or two organizations, are merged."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from merging.moving import Moving
from merging.parts import Line, Part, lock_rows

from .models import Claim, EmailDomain


def claims_of(kept: User, gone: User) -> QuerySet[Claim]:
    """Not those for an organization that the one that stays claims, too: of one person one claim stands."""
    same = Claim.objects.standing().filter(person=kept, organization=OuterRef("organization"))
    return Claim.objects.filter(person=gone).exclude(Exists(same), ended_at=None)


def move_claims(moving: Moving[User]) -> None:
    moving.move_rows(claims_of(moving.kept, moving.gone), "person")


OF_CLAIMS = Part(
    covers=(Claim,),
    outlook=lambda kept, gone: [Line(_("claims to act for an organization"), claims_of(kept, gone).count())],
    lock=lambda kept, gone: lock_rows(claims_of(kept, gone)),
    move=move_claims,
    not_moved=_("For whom somebody acts was confirmed of the address they had: it is asked again."),
)


def claims_at(kept: Organization, gone: Organization) -> QuerySet[Claim]:
    same = Claim.objects.standing().filter(organization=kept, person=OuterRef("person"))
    return Claim.objects.filter(organization=gone).exclude(Exists(same), ended_at=None)


def domains_at(kept: Organization, gone: Organization) -> QuerySet[EmailDomain]:
    known = EmailDomain.objects.filter(organization=kept).values("domain")
    return EmailDomain.objects.filter(organization=gone).exclude(domain__in=known)


def move_to_organization(moving: Moving[Organization]) -> None:
    moving.move_rows(claims_at(moving.kept, moving.gone), "organization")
    moving.move_rows(domains_at(moving.kept, moving.gone), "organization")


def lines_of_organizations(kept: Organization, gone: Organization) -> list[Line]:
    return [
        Line(_("claims to act for it"), claims_at(kept, gone).count()),
        Line(_("e-mail domains"), domains_at(kept, gone).count()),
    ]


OF_ORGANIZATIONS = Part(
    covers=(Claim, EmailDomain),
    outlook=lines_of_organizations,
    lock=lambda kept, gone: lock_rows(claims_at(kept, gone)),
    move=move_to_organization,
)
