"""What the people of an organization learned while they acted for it: in numbers, and of those who agreed by name.

Everything that shows it asks here: the page, its files, the public page of the member, and a person's own page of what
their city sees. Counted is as in a person's own record (`credentials/record.py`): meetings at which they were present and
whose list is closed, and certificates that stand.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Sum, prefetch_related_objects
from django.db.models.functions import Least

from accounts.models import Organization, User
from attendance.models import Attendance
from catalog.models import Activity, Topic
from credentials.models import Certificate
from credentials.record import Learned, by_years, learned
from credentials.record import Year as YearOfOne
from desk.alphabet import plain
from hubs.counting import A_MINUTE, seconds, taken, time
from registrations.models import Registration

from .agreeing import agreed
from .models import Belonging
from .small_groups import Learner, Learners, Told, told

# What ends at midnight took place on the day before.
MOMENT = timedelta(microseconds=1)
# Measured, but no longer than the meeting; the whole of it where nobody measured: LEAST leaves out what is not known.
MEASURED = ExpressionWrapper(F("minutes") * A_MINUTE, output_field=DurationField())
TIME_THERE = Least(MEASURED, time("meeting__ends_at", "meeting__starts_at"))


def numbers_of(organization: Organization) -> Told:
    """In seven queries, however much it is."""
    return told(learners_of(organization))


# Numbers


def learners_of(organization: Organization) -> dict[int, Learners]:
    """Of each year, on the hosts' clocks: who of those that are counted learned what."""
    rows = list(
        Belonging.objects.counted()
        .filter(organization=organization)
        .order_by("pk")
        .values_list(
            "registration",
            "registration__person",
            "registration__session",
            "registration__session__activity",
            "registration__session__ends_at",
            "registration__session__timezone",
        )
    )
    if not rows:
        return {}
    accounts = that_stand({row[1] for row in rows})
    minutes, certificates = minutes_of(organization), kinds_of(organization)
    topics = topics_of({row[3] for row in rows})
    listed = set(agreed(organization).values_list("pk", flat=True))
    years: dict[int, dict[int, Learner]] = defaultdict(dict)
    given: set[tuple[int, int, str]] = set()
    for registration, account, session, activity, ends_at, zone in rows:
        if registration not in minutes and registration not in certificates:
            continue  # what was noted of them was corrected since
        person = accounts.get(account, account)
        # Of two accounts of one person each may have one of a kind for the same session: that is one.
        new = {(person, session, kind) for kind in certificates.get(registration, ())} - given
        given |= new
        one = Learner(
            minutes.get(registration, 0), len(new), topics.get(activity, frozenset()), person in listed
        )
        year = years[(ends_at - MOMENT).astimezone(ZoneInfo(zone)).year]
        year[person] = year[person] + one if person in year else one
    return dict(years)


def that_stand(people: Collection[int]) -> dict[int, int]:
    """By the number of an account that was merged the one that stays of the two, also by way of others."""
    merged: dict[int, int] = {}
    asked = set(people)
    while asked:
        rows = User.objects.filter(pk__in=asked, merged_into__isnull=False)
        found = {account: into for account, into in rows.values_list("pk", "merged_into") if into}
        merged |= found
        asked = set(found.values()) - merged.keys()
    for account in merged:
        while merged[account] in merged:
            merged[account] = merged[merged[account]]
    return merged


def counted_there(organization: Organization) -> dict[str, object]:
    """Of what hangs on a registration."""
    return {
        "registration__belonging__organization": organization,
        "registration__belonging__counted_at__isnull": False,
    }


def minutes_of(organization: Organization) -> dict[int, int]:
    """By registration, of who was present at a meeting whose list is closed."""
    rows = (
        Attendance.objects.present()
        .filter(**counted_there(organization), **taken("meeting__"))
        .order_by()
        .values_list("registration")
        .annotate(seconds=seconds(Sum(TIME_THERE)))
    )
    return {registration: whole // 60 for registration, whole in rows}


def kinds_of(organization: Organization) -> dict[int, list[str]]:
    """By registration: of which kinds there is a certificate that stands, also of who was erased."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Certificate.objects.current().filter(**counted_there(organization))
    for registration, kind in rows.order_by("pk").values_list("registration", "kind"):
        found[registration].append(kind)
    return found


def topics_of(activities: Collection[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    of_each = Activity.topics.through.objects.filter(activity__in=activities)
    for activity, topic in of_each.values_list("activity", "topic"):
        found[activity].add(topic)
    return {activity: frozenset(topics) for activity, topics in found.items()}


# By name


@dataclass(frozen=True)
class Named:
    """A person as their city sees them, and as they see it on a page of their own: the same lines, from `seen_of`."""

    person: User
    years: list[YearOfOne]


def named_of(organization: Organization) -> list[Named]:
    """All who agreed, in the order of their names. In eight queries at most."""
    return seen_of(organization, agreed(organization))


def seen_of(organization: Organization, people: QuerySet[User]) -> list[Named]:
    """What each of these people learned while they acted for the organization, once that is confirmed. Nobody without."""
    registrations = list(
        Registration.objects.filter(
            belonging__organization=organization, belonging__confirmed_at__isnull=False, person__in=people
        )
        .select_related("person", "session__activity__host")
        .prefetch_related("session__meetings")
        .order_by("pk")
    )
    prefetch_related_objects(
        [meeting for one in registrations for meeting in one.session.meetings.all()], "closings"
    )
    rows: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.present().filter(registration__in=registrations):
        rows[row.registration_id][row.meeting_id] = row
    certificates: dict[int, list[Certificate]] = defaultdict(list)
    for certificate in Certificate.objects.current().filter(registration__in=registrations, erased_at=None):
        certificates[certificate.registration_id].append(certificate)
    found: dict[User, list[Learned]] = defaultdict(list)
    for one in registrations:
        line = learned(one, rows[one.pk], certificates[one.pk])
        if line.was_recorded or line.certificates:
            found[one.person].append(line)
    named = [Named(person, by_years(lines)) for person, lines in found.items()]
    return sorted(named, key=lambda one: (plain(one.person.name), one.person.pk))


def topic_names(numbers: Told) -> dict[int, str]:
    """Of those that may be named, in their order and the language of the page."""
    wanted = {topic for years in numbers.years for topic in years.topics}
    if not wanted:
        return {}
    return {topic.pk: topic.name for topic in Topic.objects.filter(pk__in=wanted)}
