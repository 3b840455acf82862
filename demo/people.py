"""The invented people, and the cast one can sign in as."""

from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import Organization, User
from accounts.roles import Role
from hubs.models import Host

from .specs import Spec, people_specs

PERSONAL = ("name", "post", "profile", "country", "language", "timezone", "email")


class Cast(NamedTuple):
    official: User
    coordinator: User
    secretariat: User


def make_people() -> list[User]:
    """Everybody who registers in the demonstration, in the order of the file. Who is there already stays as they are."""
    people = people_specs()["people"]
    there = set(User.objects.values_list("email", flat=True))
    members = members_by_name()
    new = User.objects.bulk_create(person_of(spec, members) for spec in people if spec["email"] not in there)
    EmailAddress.objects.bulk_create(verified_email(person) for person in new)
    emails = [spec["email"] for spec in people]
    by_email = {
        person.email: person
        for person in User.objects.filter(email__in=emails).select_related("organization")
    }
    return [by_email[email] for email in emails]


def make_cast() -> Cast:
    """Those whom one can sign in as, with their roles."""
    cast = people_specs()["cast"]
    official = cast_member(cast["official"])
    coordinator = cast_member(cast["coordinator"], role=Role.COORDINATOR)
    Host.objects.get(slug=cast["coordinator"]["host"]).coordinators.add(coordinator)
    secretariat = cast_member(cast["secretariat"], role=Role.SECRETARIAT)
    cast_member(cast["helper"])  # helping.py says where
    cast_member(cast["focal_point"])  # focal_points.py says since when
    return Cast(official, coordinator, secretariat)


def cast_member(spec: Spec, role: Role | None = None) -> User:
    person = User.objects.filter(email=spec["email"]).first()
    if person is None:
        person = person_of(spec, members_by_name())
        person.is_staff = role is not None
        person.save()
        EmailAddress.objects.bulk_create([verified_email(person)])
    if role:
        person.groups.add(Group.objects.get(name=role))
    return person


def person_of(spec: Spec, members: dict[str, Organization]) -> User:
    person = User(**{field: spec[field] for field in PERSONAL})
    person.organization = members[spec["organization"]] if "organization" in spec else None
    person.organization_other = spec.get("organization_other", "")
    person.set_unusable_password()
    return person


def verified_email(person: User) -> EmailAddress:
    return EmailAddress(user=person, email=person.email, verified=True, primary=True)


def members_by_name() -> dict[str, Organization]:
    return {member.name: member for member in Organization.objects.all()}
