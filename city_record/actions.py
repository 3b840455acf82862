"""What is written of belongings, by the worker alone; and what a person agrees to. See docs/decisions/0024.

Each of the three steps may be taken at any time, and twice: it asks the database what is to be done.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.actions import give_consent, withdraw_consent
from accounts.models import Consent, Organization, User
from attendance.models import Attendance, Closing
from catalog.models import Meeting
from credentials.models import Certificate
from hubs.counting import TO_CLOSE
from membership.models import Claim
from page_cache import new_edition
from registrations.models import Registration

from .agreeing import about, abouts, agreed
from .models import Belonging
from .small_groups import AT_LEAST, Learner, is_enough

AT_ONCE = 2_000
# As far back as sessions are looked at: as long as no worker may be ill, and guests at the door may take to answer.
LOOKED_AT_FOR = timedelta(days=60)


def look_after(*, now: datetime, since: datetime | None = None) -> None:
    """All that follows from facts. `since` is from when on sessions are looked at."""
    follow(now=now, since=since)
    count_belongings(now=now)


def follow(*, now: datetime, since: datetime | None = None) -> None:
    while note_belongings(now=now, since=since or now - LOOKED_AT_FOR) == AT_ONCE:
        pass
    confirm_belongings(now=now)


def note_belongings(*, now: datetime, since: datetime) -> int:
    """For whom people act at this moment, of sessions that are over. Answers how many were written."""
    claims = Claim.objects.filter(
        standing_then(),
        person=OuterRef("person"),
        organization=OuterRef("person__organization"),
        claimed_at__lte=OuterRef("session__ends_at"),
    )
    was_there = Exists(Attendance.objects.present().filter(registration=OuterRef("pk")))
    unwritten = Registration.objects.filter(
        Q(state=Registration.State.CONFIRMED) | was_there,
        Exists(claims),
        session__ends_at__gt=since,
        session__ends_at__lte=now,
        session__cancelled_at=None,
        belonging=None,
    )
    rows = unwritten.order_by("pk").values_list("pk", "person__organization")[:AT_ONCE]
    made = [
        Belonging(registration_id=registration, organization_id=organization, noted_at=now)
        for registration, organization in rows
    ]
    Belonging.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def standing_then(session: str = "session") -> Q:
    """A claim that nobody had ended when the session began."""
    return Q(ended_at=None) | Q(ended_at__gt=OuterRef(f"{session}__starts_at"))


def confirm_belongings(*, now: datetime) -> int:
    """It was confirmed then that they act for the organization, or is since. Answers how many."""
    claims = Claim.objects.filter(
        standing_then("registration__session"),
        person=OuterRef("registration__person"),
        organization=OuterRef("organization"),
        confirmed_until__gt=OuterRef("registration__session__ends_at"),
    )
    return Belonging.objects.filter(Exists(claims), confirmed_at=None).update(confirmed_at=now)


@transaction.atomic
def count_belongings(*, now: datetime) -> int:
    """Of who learned something, for each organization as soon as there are five of them: so the numbers of today, less those
    of yesterday, tell of nobody alone. Answers how many were counted."""
    waiting: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = to_be_counted(now).values_list("organization", "registration__person", "pk")
    for organization, person, number in rows:
        waiting[organization][person].append(number)
    organizations = Organization.objects.in_bulk(
        [number for number, people in waiting.items() if len(people) >= AT_LEAST]
    )
    enough = [
        number
        for organization in organizations.values()
        if may_be_counted(organization, waiting[organization.pk])
        for numbers in waiting[organization.pk].values()
        for number in numbers
    ]
    if enough:
        Belonging.objects.filter(pk__in=enough).update(counted_at=now)
        new_edition()
    return len(enough)


def may_be_counted(organization: Organization, people: Collection[int]) -> bool:
    """Nor may what is left beside those who are listed by name be of fewer."""
    listed = set(agreed(organization).filter(pk__in=people).values_list("pk", flat=True))
    return is_enough({person: Learner(is_listed=person in listed) for person in people})


def to_be_counted(now: datetime) -> QuerySet[Belonging]:
    """Whose session's lists are closed, or late: then what was learned there changes no more by itself."""
    closed = Closing.objects.standing().filter(meeting=OuterRef("pk"))
    open_lists = Meeting.objects.filter(
        ~Exists(closed), session=OuterRef("registration__session"), ends_at__gt=now - TO_CLOSE
    )
    there = Attendance.objects.present().filter(
        registration=OuterRef("registration"),
        meeting__closings__opened_at=None,
        meeting__closings__taken=True,
    )
    shown = Certificate.objects.current().filter(registration=OuterRef("registration"))
    return (
        Belonging.objects.confirmed()
        .filter(Exists(there) | Exists(shown), counted_at=None)
        .exclude(Exists(open_lists))
        .annotate(person=F("registration__person"))
    )


@transaction.atomic
def agree(*, person: User, organization: Organization, wording: str, now: datetime | None = None) -> None:
    """To be shown by name to whoever may see what the organization learned. Asked again, the first word stands."""
    give_consent(
        person=person,
        kind=Consent.Kind.CITY_RECORD,
        about=about(organization),
        wording=wording,
        by=person,
        now=now,
    )
    new_edition()


@transaction.atomic
def take_back(*, person: User, organization: Organization, now: datetime | None = None) -> None:
    """With effect at once. What was agreed to before stays written down."""
    now = now or timezone.now()
    from_of_it = [
        withdraw_consent(person=person, kind=Consent.Kind.CITY_RECORD, about=one, by=person, now=now)
        for one in abouts(organization)
    ]
    if any(from_of_it):
        new_edition()
