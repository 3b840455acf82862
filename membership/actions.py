"""What a claim goes through: claimed, confirmed, ended. The only writers of claims and of e-mail domains.

Each locks the person's row first: two who confirm at once, or confirm and end, follow each other.
"""

import re
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Organization, User
from desk.audit import note
from merging.parts import lock_rows

from . import letters
from .domains import is_of_a_provider, trusted
from .errors import ClaimEnded, IsOwn, KnownAlready, NotADomain, OfAProvider
from .following import tell_confirmed
from .models import DOMAIN, GOOD_FOR, Claim, ClaimQuerySet, EmailDomain

AT_ONCE = 500  # people in a minute, some seconds of work: the files that staff bring in hold 5,000
KEPT_FOR = timedelta(days=365)  # what ended


def lock_person(number: int) -> None:
    lock_rows(User.objects.filter(pk=number))


@transaction.atomic
def claim(*, person: User, now: datetime | None = None) -> Claim | None:
    """Write down that the person acts for the organization of their profile, and whether its domain confirms it. Said
    again, the first one stands. None for who acts for none that is listed."""
    now = now or timezone.now()
    lock_person(person.pk)
    person.refresh_from_db(fields=["organization", "email", "erased_at", "merged_into"])
    if person.organization is None or person.erased_at or person.merged_into_id:
        return None
    end_of_another_address(person, now)
    standing, _made = Claim.objects.standing().get_or_create(
        person=person,
        organization=person.organization,
        ended_at=None,
        defaults={"claimed_at": now},
    )
    if by_domain(Claim.objects.filter(pk=standing.pk), now).exists():
        write(standing, Claim.Ground.DOMAIN, by=None, now=now)
    return standing


def end_of_another_address(person: User, now: datetime) -> None:
    """What was confirmed of somebody with another address is no word about this one."""
    changed = Claim.objects.standing().filter(person=person).exclude(email__in=["", person.email.lower()])
    changed.update(ended_at=now, end=Claim.End.ADDRESS)


def write(standing: Claim, ground: Claim.Ground, *, by: User | None, now: datetime) -> None:
    standing.confirmed_at, standing.confirmed_until = now, now + GOOD_FOR
    standing.ground, standing.confirmed_by = ground, by
    standing.email = standing.person.email.lower()
    standing.save()


@transaction.atomic
def confirm(*, claim: Claim, ground: Claim.Ground, by: User, now: datetime | None = None) -> Claim:
    """The organization's word, or the secretariat's for it. The person is told, unless they were confirmed already.

    Raises ClaimEnded, IsOwn.
    """
    now = now or timezone.now()
    locked = anothers_claim(claim, by)
    if locked.is_confirmed(now):
        return locked
    write(locked, ground, by=by, now=now)
    letters.confirmed(locked, now=now)
    tell_confirmed(locked.person)
    return locked


@transaction.atomic
def vouch(*, person: User, organization: Organization, by: User, now: datetime | None = None) -> Claim:
    """The secretariat says of its own accord that the person is of the organization: it counts anew from now, also where
    they did not say so themselves. Raises IsOwn."""
    now = now or timezone.now()
    lock_person(person.pk)
    if person.pk == by.pk:
        raise IsOwn
    person.refresh_from_db(fields=["organization", "organization_other", "email"])
    end_of_another_address(person, now)
    standing, _made = Claim.objects.standing().get_or_create(
        person=person, organization=organization, ended_at=None, defaults={"claimed_at": now}
    )
    write(standing, Claim.Ground.STAFF, by=by, now=now)
    if person.organization is None:
        act_for(claim=standing, by=by, now=now)
        person.refresh_from_db(fields=["organization", "organization_other"])
    return standing


@transaction.atomic
def refuse(*, claim: Claim, by: User, now: datetime | None = None) -> Claim:
    """The organization does not know them. What they wrote stays in their profile as words, and they are told.

    Raises ClaimEnded, IsOwn.
    """
    now = now or timezone.now()
    locked = anothers_claim(claim, by)
    finish(locked, Claim.End.REFUSED, now)
    letters.refused(locked, now=now)
    return locked


@transaction.atomic
def leave(*, claim: Claim, by: User, now: datetime | None = None) -> Claim:
    """The person acts for the organization no longer. Raises ClaimEnded."""
    locked = locked_claim(claim)
    finish(locked, Claim.End.PERSON, now or timezone.now())
    return locked


@transaction.atomic
def act_for(*, claim: Claim, by: User, now: datetime | None = None) -> Claim:
    """Of several organizations the one that the person acts for from now on. Raises ClaimEnded."""
    locked = locked_claim(claim)
    person = locked.person
    person.organization, person.organization_other = locked.organization, ""
    person.save(update_fields=["organization", "organization_other"])
    return locked


def locked_claim(claim: Claim) -> Claim:
    lock_person(claim.person_id)
    found = Claim.objects.select_related("person", "organization").get(pk=claim.pk)
    if found.ended_at:
        raise ClaimEnded(found)
    return found


def anothers_claim(claim: Claim, by: User) -> Claim:
    locked = locked_claim(claim)
    if locked.person_id == by.pk:
        raise IsOwn
    return locked


def finish(locked: Claim, end: Claim.End, now: datetime) -> None:
    locked.ended_at, locked.end = now, end
    locked.save(update_fields=["ended_at", "end"])
    person = locked.person
    if person.organization_id == locked.organization_id:
        person.organization_other = person.organization_other or locked.organization.name
        person.organization = None
        person.save(update_fields=["organization", "organization_other"])


@transaction.atomic
def learn_domain(
    *, organization: Organization, domain: str, by: User, now: datetime | None = None
) -> EmailDomain:
    """From now on whoever proves an address there is confirmed. Raises NotADomain, OfAProvider, KnownAlready."""
    domain = domain.strip().lower().removeprefix("@")
    if not re.match(DOMAIN, domain):
        raise NotADomain(domain)
    if is_of_a_provider(domain):
        raise OfAProvider(domain)
    learned, made = EmailDomain.objects.get_or_create(
        organization=organization,
        domain=domain,
        defaults={"added_at": now or timezone.now(), "added_by": by},
    )
    if not made:
        raise KnownAlready(organization)
    note(organization, by=by, learned_domain=domain)
    return learned


@transaction.atomic
def forget_domain(*, domain: EmailDomain, by: User) -> None:
    """Who was confirmed by it stays so until they are asked again."""
    note(domain.organization, by=by, forgot_domain=domain.domain)
    domain.delete()


def put_on_record(*, people: QuerySet[User], now: datetime) -> int:
    """Whoever was here before anybody was confirmed counts, and is asked in waves, from a month on and within a year
    (so does migration 0002). Answers how many."""
    unclaimed = people.filter(organization__isnull=False, erased_at=None, merged_into=None, claims=None)
    claims = [
        Claim(
            person=person,
            organization=person.organization,
            claimed_at=person.joined_at,
            confirmed_at=now,
            confirmed_until=now + timedelta(days=30, weeks=person.pk % 48),
            ground=Claim.Ground.RECORD,
            email=person.email.lower(),
        )
        for person in unclaimed.select_related("organization")
    ]
    return len(Claim.objects.bulk_create(claims, batch_size=2_000))


def look_after(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Claims follow from facts: who names an organization claims it, whose address changed is no longer confirmed, whose
    domain is known is confirmed, and again when two years are over. Answers how many people were looked at."""
    people = list(behind(now)[:at_once])
    for person in people:
        claim(person=person, now=now)
    return len(people)


def behind(now: datetime) -> QuerySet[User]:
    """Whose claims do not say yet what their profile, their address and the domains say."""
    standing = Claim.objects.standing()
    unclaimed = ~Exists(standing.filter(person=OuterRef("pk"), organization=OuterRef("organization")))
    another_address = standing.annotate(present=Lower("person__email")).exclude(email="")
    changed = another_address.exclude(email=F("present")).values("person")
    known = by_domain(standing.filter(organization=F("person__organization")), now).values("person")
    here = User.objects.filter(organization__isnull=False, erased_at=None, merged_into=None)
    return here.filter(Q(unclaimed) | Q(pk__in=changed) | Q(pk__in=known)).order_by("pk")


def by_domain(claims: ClaimQuerySet, now: datetime) -> ClaimQuerySet:
    """Those that do not count and that the domain of a proven address confirms: one that no other organization has."""
    domain = Func(
        Lower("person__email"), Value("@"), Value(2), function="split_part", output_field=CharField()
    )
    of_it = EmailDomain.objects.filter(
        domain=OuterRef("domain"), domain__in=trusted(), organization=OuterRef("organization")
    )
    proven = EmailAddress.objects.filter(
        user=OuterRef("person"), email__iexact=OuterRef("person__email"), verified=True
    )
    return claims.to_confirm(now).annotate(domain=domain).filter(Exists(of_it), Exists(proven))


def forget_ended(*, now: datetime) -> int:
    """As the data-protection page says. Answers how many claims."""
    deleted, _by_model = Claim.objects.filter(ended_at__lt=now - KEPT_FOR).delete()
    return deleted
