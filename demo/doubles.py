"""One city written twice, as an import may leave it: the desk proposes to merge the two."""

from django.db.models import Q

from accounts.models import Organization, OrganizationName, User
from membership.models import Claim
from merging.doubles import find_all
from merging.models import Merge

MEMBER = "dakar"
TWICE = {"slug": "ville-de-dakar", "name": "Ville de Dakar"}


def make_doubles() -> None:
    """Once: whoever merged them finds them merged. One of the city's people acts for the second spelling."""
    member = Organization.objects.filter(slug=MEMBER).first()
    if member is None or Organization.every.filter(slug=TWICE["slug"]).exists():
        return
    twice = Organization.objects.create(
        **TWICE,
        kind=Organization.Kind.PARTNER,  # no public page counts it
        country=member.country,
        region=member.region,
        timezone=member.timezone,
    )
    OrganizationName.objects.create(organization=twice, name="Ndakaaru", language="wo", kind="alias")
    here = User.objects.filter(organization=member).order_by("pk").values("pk")[:1]
    User.objects.filter(pk__in=here).update(organization=twice)
    find_all()


def clear_doubles() -> None:
    twice = Organization.every.filter(slug=TWICE["slug"])
    Merge.objects.filter(Q(kept_organization__in=twice) | Q(gone_organization__in=twice)).delete()
    User.objects.filter(organization__in=twice).update(organization=None)
    OrganizationName.objects.filter(organization__slug=MEMBER, name__in=[TWICE["name"], "Ndakaaru"]).delete()
    Claim.objects.filter(organization__in=twice).delete()
    twice.delete()
